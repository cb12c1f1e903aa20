import { describe, expect, test } from 'vitest';
import { hasProvenance, SftFirewall } from '../../../domain/export/index.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';

const PROVENANCE = { source_file: 'desk/2026-03-02.jsonl', line_offset: 0, sig_hash: 'b'.repeat(64) };
const row = (changes: JsonObject = {}): JsonObject => ({ id: 'row-1', quality_score: 'accepted', provenance: PROVENANCE, ...changes });

describe('SftFirewall', () => {
  test('lets a lawful row pass', () => {
    const firewall = new SftFirewall(false);
    expect([firewall.check(row()), firewall.check(row({ id: 'row-2' }))]).toEqual([undefined, undefined]);
  });

  test.each<[string, JsonObject, string]>([
    ['rejected', { quality_score: 'rejected' }, 'quality_score: expected accepted or partially_accepted, found "rejected"'],
    [
      'needs_human_review',
      { quality_score: 'needs_human_review' },
      'quality_score: expected accepted or partially_accepted, found "needs_human_review"',
    ],
    ['a word nobody knows', { quality_score: 'Accepted' }, 'quality_score: expected accepted or partially_accepted, found "Accepted"'],
    ['no quality', { quality_score: null }, 'quality_score: expected accepted or partially_accepted, found null'],
    ['a number', { quality_score: 1 }, 'quality_score: expected accepted or partially_accepted, found 1'],
    [
      'a partial row that was not asked for',
      { quality_score: 'partially_accepted' },
      'quality_score: expected accepted only, found partially_accepted',
    ],
    ['an empty id', { id: '' }, 'id: expected a text, found none'],
    ['an id that is no text', { id: 7 }, 'id: expected a text, found none'],
    ['no provenance', { provenance: null }, 'provenance: expected source_file, line_offset and sig_hash, found something else'],
    [
      'half a provenance',
      { provenance: { source_file: 'desk' } },
      'provenance: expected source_file, line_offset and sig_hash, found something else',
    ],
  ])('catches %s', (_name, changes, detail) => {
    expect(new SftFirewall(false).check(row(changes))).toEqual({ row: 0, detail });
  });

  test('catches an id that stands twice, and tells the row', () => {
    const firewall = new SftFirewall(false);
    firewall.check(row());
    firewall.check(row({ id: 'row-2' }));
    expect(firewall.check(row())).toEqual({ row: 2, detail: 'id: expected every id once, found row-1 again' });
  });

  test('a partial row may stand there when asked for', () => {
    expect(new SftFirewall(true).check(row({ quality_score: 'partially_accepted' }))).toBeUndefined();
  });

  test('asking for partial rows lets nothing else in', () => {
    const firewall = new SftFirewall(true);
    expect(firewall.check(row({ quality_score: 'rejected' }))).toBeDefined();
    expect(firewall.check(row({ id: 'row-2', quality_score: 'needs_human_review' }))).toBeDefined();
  });
});

test.each<[boolean, JsonValue | undefined]>([
  [true, PROVENANCE],
  [false, undefined],
  [false, null],
  [false, 'desk/2026-03-02.jsonl:1'],
  [false, [PROVENANCE]],
  [false, { ...PROVENANCE, source_file: '' }],
  [false, { ...PROVENANCE, line_offset: '0' }],
  [false, { ...PROVENANCE, sig_hash: 'b'.repeat(63) }],
  [false, { ...PROVENANCE, sig_hash: 'B'.repeat(64) }],
])('hasProvenance is %s for %j', (expected, value) => {
  expect(hasProvenance(value)).toBe(expected);
});
