import { expect, test } from 'vitest';
import { detectablePaired, detectableUnpaired } from '../../../domain/stats/minimum-detectable.ts';
import { mean, sampleVariance } from '../../../domain/stats/variance.ts';

test('two models at Hit@1 0.35 over 100 items: 0.1890', () => {
  expect(detectableUnpaired(0.35 * 0.65, 100)?.toFixed(4)).toBe('0.1890');
});

test('the factor is 2.801585', () => {
  expect(detectableUnpaired(0.5, 1)?.toFixed(6)).toBe('2.801585');
  // Differences -1 and 1: variance 2, so the root of 2 / 2 is 1.
  expect(detectablePaired([-1, 1])?.toFixed(6)).toBe('2.801585');
});

test('four pairs of which two differ by 1: s^2 = 1/3, 2.801585 x sqrt(1/12) = 0.808748', () => {
  expect(detectablePaired([0, 0, 1, 1])?.toFixed(6)).toBe('0.808748');
});

test('one of 12 comparisons: the quantile of 1 - 0.05/24 is 2.865', () => {
  expect(detectablePaired([-1, 1], 2.865)?.toFixed(3)).toBe('3.707');
});

test('nothing can be found where nothing is', () => {
  expect(detectableUnpaired(0.2, 0)).toBeNull();
  expect(detectablePaired([0.5])).toBeNull();
  expect(detectableUnpaired(0, 50)).toBe(0);
});

test('variance: 2, 4, 4, 4, 5, 5, 7, 9 have 32/7 around 5', () => {
  expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
  expect(sampleVariance([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(32 / 7, 12);
  // Two passes: the squares of these alone would lose all digits.
  expect(sampleVariance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30);
  expect(sampleVariance([3])).toBeNull();
});
