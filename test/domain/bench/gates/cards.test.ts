import { expect, test } from 'vitest';
import { consistencyText } from '../../../../domain/bench/gates/consistency-text.ts';
import { inspectOutput } from '../../../../domain/bench/gates/inspect-output.ts';
import { isSameCard } from '../../../../domain/bench/gates/is-same-card.ts';

test('cards are told apart by their digests, or whole where there are none', () => {
  expect(isSameCard({ digest: 'a', raw_sha256: '1' }, { digest: 'a', raw_sha256: '2' })).toBe(true);
  expect(isSameCard({ digest: 'a', raw_sha256: '1' }, { digest: 'b', raw_sha256: '1' })).toBe(false);
  expect(isSameCard({ digest: null, raw_sha256: '1' }, { digest: null, raw_sha256: '1' })).toBe(true);
  expect(isSameCard({ digest: null, raw_sha256: '1' }, { digest: null, raw_sha256: '2' })).toBe(false);
  expect(isSameCard({ digest: 'a', raw_sha256: '1' }, { digest: null, raw_sha256: '1' })).toBe(false);
});

test('what is embedded does not depend on the order of keys', () => {
  const event = { source: 'claude', redacted_content: '{}' };
  const text = (raw: string): string => consistencyText(raw, inspectOutput(raw, event));
  expect(text('{"summary":"High tide.","entities":{}}')).toBe(text('```\n{ "entities": {}, "summary": "High tide." }\n```'));
  expect(text('High tide.')).toBe('High tide.');
});
