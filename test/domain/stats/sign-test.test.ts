import { expect, test } from 'vitest';
import { signTest } from '../../../domain/stats/sign-test.ts';

test.each([
  // By hand: twice the sum of binomial coefficients, over 2^n.
  [0, 0, 1],
  [0, 1, 1],
  [0, 5, 2 / 32],
  [1, 7, (2 * 9) / 256],
  [3, 3, 1],
  // 2 x (1 + 15 + 105 + 455) / 2^15.
  [3, 12, 1152 / 32_768],
  [0, 67, 2 / 2 ** 67],
])('%i gains and %i losses: %d', (gains, losses, expected) => {
  expect(signTest(gains, losses) / expected).toBeCloseTo(1, 10);
  expect(signTest(losses, gains)).toBe(signTest(gains, losses));
});

test.each([
  [21, 30, 0.262438],
  [5, 29, 3.85582e-5],
  [3, 28, 4.64916e-6],
  [16, 27, 0.126289],
  [31, 17, 0.0594634],
  [35, 12, 0.00108854],
  [27, 17, 0.174171],
  [11, 32, 0.00191396],
  [25, 9, 0.00904119],
  [76, 35, 0.000124656],
  [44, 31, 0.165428],
])('%i and %i of the published table: %d to six digits', (gains, losses, expected) => {
  expect(Number(signTest(gains, losses).toPrecision(6))).toBeCloseTo(expected, 12);
});

test('never 0, however one-sided', () => {
  expect(signTest(0, 10_000)).toBeGreaterThan(0);
  expect(signTest(4_900, 5_100)).toBeLessThan(0.05);
  expect(signTest(4_950, 5_050)).toBeGreaterThan(0.3);
});

test.each([
  [-1, 2],
  [0.5, 2],
  [Number.NaN, 1],
])('%d and %d are no counts', (gains, losses) => {
  expect(() => signTest(gains, losses)).toThrow(RangeError);
});
