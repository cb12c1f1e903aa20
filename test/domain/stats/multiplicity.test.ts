import { expect, test } from 'vitest';
import { adjustBonferroni, adjustHolm } from '../../../domain/stats/multiplicity.ts';

test('Bonferroni: p times the size of the family, at most 1', () => {
  expect(adjustBonferroni([0.01, 0.04, 0.5])).toEqual([0.03, 0.12, 1]);
  expect(adjustBonferroni([0.01], 12)).toEqual([0.12]);
});

test('Holm, by hand: 3 x 0.01, then 2 x 0.02, then 0.03 which may not fall below 0.04', () => {
  expect(adjustHolm([0.03, 0.01, 0.02])).toEqual([0.04, 0.03, 0.04]);
  expect(adjustHolm([0.6, 0.5])).toEqual([1, 1]);
  expect(adjustHolm([0.01, 0.02], 4)).toEqual([0.04, 0.06]);
  expect(adjustHolm([])).toEqual([]);
});
