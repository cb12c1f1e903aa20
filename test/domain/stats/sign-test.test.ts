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
  [21, 30, '.262438'],
  [5, 29, '3.85582e-5'],
  [3, 28, '4.64916e-6'],
  [16, 27, '.126289'],
  [31, 17, '.0594634'],
  [35, 12, '.00108854'],
  [27, 17, '.174171'],
  [11, 32, '.00191396'],
  [25, 9, '.00904119'],
  [3, 12, '.0351562'],
  [0, 67, '1.35525e-20'],
  [3, 3, '1'],
  [76, 35, '.000124656'],
  [44, 31, '.165428'],
])(
  'MCN-1: %i and %i of the published table have %s, to every printed digit, and so has the pair turned round',
  (gains, losses, printed) => {
    const p = signTest(gains, losses);
    // Half of the sixth digit is the most that rounding takes; 3 and 12 are exactly there.
    const half = 0.5 * 10 ** (Math.floor(Math.log10(Number(printed))) - 5);
    expect(Math.abs(p - Number(printed))).toBeLessThanOrEqual(half * (1 + 1e-9));
    expect(signTest(losses, gains)).toBe(signTest(gains, losses));
  },
);

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

/** The same in whole numbers of any size: twice the sum of the coefficients, over 2^n, to 15 digits. */
function inWholeNumbers(gains: number, losses: number): number {
  const n = gains + losses;
  let [ways, sum] = [1n, 0n];
  for (let heads = 0; heads <= Math.min(gains, losses); heads += 1) {
    sum += ways;
    ways = (ways * BigInt(n - heads)) / BigInt(heads + 1);
  }
  const [over, under] = [2n * sum, 1n << BigInt(n)];
  if (over >= under) return 1;
  // As many digits as it takes: p = digits x 10^-places.
  const places = under.toString().length - over.toString().length + 20;
  return Number(`${(over * 10n ** BigInt(places)) / under}e-${places}`);
}

test.each([
  [1, 3],
  [500, 520],
  [510, 511],
  [400, 700],
  [4_900, 5_100],
  [4_700, 5_300],
  [4_999, 5_001],
  [4_500, 5_500],
  [4_000, 6_000],
])('%i and %i as in whole numbers, to nine digits', (gains, losses) => {
  expect(signTest(gains, losses) / inWholeNumbers(gains, losses)).toBeCloseTo(1, 9);
});

test('halves come out as they are: 1 gain and 3 losses have 2 x (1 + 4) / 2^4', () => {
  expect(signTest(1, 3)).toBe(0.625);
});
