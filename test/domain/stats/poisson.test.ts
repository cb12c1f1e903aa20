import { describe, expect, test } from 'vitest';
import { fairTail, predictCount } from '../../../domain/stats/poisson.ts';

describe('the tail of fair coins', () => {
  test.each([
    // By hand: sums of binomial coefficients over powers of two.
    [5, 0, 1 / 32],
    [6, 0, 1 / 64],
    [8, 1, 9 / 256],
    [9, 1, 10 / 512],
    [4, 2, 11 / 16],
    [3, 3, 1],
    // 1 + 32 + 496 + 4960 + 35960 + 201376 + 906192 + 3365856 + 10518300 + 28048800 + 64512240, over 2^32.
    [32, 10, 107_594_213 / 4_294_967_296],
  ])('%i coins, %i heads at most', (n, most, expected) => {
    expect(fairTail(n, most)).toBeCloseTo(expected, 12);
  });

  test('an even number splits around its middle, however large', () => {
    // P(X <= n/2 - 1) = (1 - P(X = n/2)) / 2, and P(X = n/2) goes to sqrt(2 / (pi n)) (1 - 1 / (4n)).
    for (const n of [1_000, 100_000, 10_000_000]) {
      const middle = Math.sqrt(2 / (Math.PI * n)) * (1 - 1 / (4 * n));
      expect(fairTail(n, n / 2 - 1)).toBeCloseTo((1 - middle) / 2, 6);
    }
  });
});

describe('where a count may lie by chance', () => {
  test.each([
    // After 0: 2^-5 = 0.031 is likely enough, 2^-6 = 0.016 is not.
    [0, 0, 5],
    // After 1: (n + 1) / 2^n with n = 8 is 0.035, with n = 9 it is 0.0195.
    [1, 0, 7],
    [5, 0, 14],
    // After 6: none is 1/64, one is 8/128 = 0.0625.
    [6, 1, 16],
    // After 10: 32 coins give 0.02505, 33 give less (see above). Two or fewer of 12: 79/4096 = 0.0193; three or fewer of 13: 378/8192 = 0.046.
    [10, 3, 22],
  ])('after %i: %i to %i', (before, low, high) => {
    expect(predictCount(before)).toEqual({ low, high });
  });

  test('large counts vary by the root of twice the count', () => {
    // Half-width 1.96 sqrt(2 * 1,000,000) = 2,772, plus 1.96^2 at the upper end at most.
    const { low, high } = predictCount(1_000_000);
    expect(low).toBeGreaterThan(1_000_000 - 2_776);
    expect(low).toBeLessThan(1_000_000 - 2_768);
    expect(high).toBeGreaterThan(1_000_000 + 2_768);
    expect(high).toBeLessThan(1_000_000 + 2_780);
  });

  test('a surer interval is wider', () => {
    // After 0 at 99 %: 2^-7 = 0.0078 is above 0.005, 2^-8 = 0.0039 is not.
    expect(predictCount(0, 0.99)).toEqual({ low: 0, high: 7 });
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no count', (before) => {
    expect(() => predictCount(before)).toThrow(RangeError);
  });
});
