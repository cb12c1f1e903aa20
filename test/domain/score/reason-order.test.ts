import { expect, test } from 'vitest';
import { scoreEvidence } from '../../../domain/score/index.ts';

test('reasons do not depend on the order in which a record has its fields', () => {
  const reasonsOf = (proxies: Record<string, boolean>): unknown =>
    scoreEvidence(
      {
        task: { text: 'Mend the bell.' },
        messages: [],
        artifacts: [{ kind: 'patch', text: '+ ring()' }],
        outcome: { state: 'unknown', value: null, from: 'none' },
        signals: { human: [], judges: [], cancelled: false, truncated: false, proxies },
        origin: 'external',
      },
      { partialMin: 0.5 },
    );
  // As an adapter states them, and as they come back from the lake.
  expect(reasonsOf({ test_outcome: true, edit_outcome: true })).toEqual(reasonsOf({ edit_outcome: true, test_outcome: true }));
});
