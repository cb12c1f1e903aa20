import { expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { findReference, judgeBest } from '../../../domain/trust/index.ts';
import { trustRow } from '../../support/trust-rows.ts';

const KEY = sha256('key of the lighthouse');
const GANNET = { modelId: 'gannet-3b', comparabilityKey: KEY };

test('the newest pass of another model under the same key is the reference', () => {
  const rows = [
    trustRow(1),
    trustRow(2, { model_id: 'heron-9b' }),
    trustRow(3, { model_id: 'gannet-3b' }),
    trustRow(4, { model_id: 'puffin-1b', verdict: 'FAIL' }),
    trustRow(5, { model_id: 'skua-2b', comparability_key: sha256('another key') }),
  ];
  expect(findReference(rows, GANNET)).toEqual({ row: rows[1] });
});

test('without one, it says whether there is a pass under another key', () => {
  const other = trustRow(1, { comparability_key: sha256('another key') });
  expect(findReference([other], GANNET)).toEqual({ missing: 'other key', nearest: other });
  expect(findReference([trustRow(1, { verdict: 'FAIL' })], GANNET)).toEqual({ missing: 'no pass', nearest: undefined });
});

test.each([
  [[0.001, 0.2], 'better'],
  [[-0.2, -0.001], 'worse'],
  [[0, 0.2], 'not distinguishable'],
  [[-0.2, 0], 'not distinguishable'],
  [[-0.1, 0.1], 'not distinguishable'],
  [null, 'not distinguishable'],
] as const)('an interval of %j is %s', (ci95, answer) => {
  expect(judgeBest({ ci95: ci95 === null ? null : [...ci95] })).toBe(answer);
});
