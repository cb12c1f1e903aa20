/** Whole numbers, both ends included. */
export interface CountInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Where a count may lie by chance when an earlier count of the same thing was `before` and nothing changed: the exact prediction interval for a
 * second Poisson count at `confidence`. Given their sum n, the later count is binomial(n, 1/2) whatever the common rate is, so a count is outside
 * when the smaller tail of that binomial is at most half of what is left of the confidence. Both counts vary, and no normal approximation is made.
 * Source: W. Nelson, Confidence intervals for the ratio of two Poisson means and Poisson predictor intervals, IEEE Trans. Reliability R-19 (1970);
 * the test behind it: J. Przyborowski and H. Wilenski, Homogeneity of results in testing samples from Poisson series, Biometrika 31 (1940).
 */
export function predictCount(before: number, confidence = 0.95): CountInterval {
  if (!Number.isSafeInteger(before) || before < 0) {
    throw new RangeError(`predicting a count: expected a whole number from 0 on as the earlier one, found ${before}. Pass a count.`);
  }
  const tail = (1 - confidence) / 2;
  const isLikelyAtMost = (few: number, many: number): boolean => fairTail(few + many, few) > tail;
  const low = firstWhole(0, before, (after) => isLikelyAtMost(after, before));
  let beyond = before + 1;
  while (isLikelyAtMost(before, beyond)) beyond *= 2;
  const high = firstWhole(before, beyond, (after) => !isLikelyAtMost(before, after)) - 1;
  return { low, high };
}

/** Probability that `most` or fewer of `n` fair coins show heads; relative error below 1e-6 up to n = 1e8. */
export function fairTail(n: number, most: number): number {
  if (most >= n) return 1;
  if (most * 2 >= n) return 1 - fairTail(n, n - most - 1);
  let term = shareOf(n, most);
  let sum = 0;
  // The terms fall from the largest on, each being the one before times heads / (tails + 1).
  for (let heads = most; heads >= 0 && term > sum * Number.EPSILON; heads -= 1) {
    sum += term;
    term *= heads / (n - heads + 1);
  }
  return sum;
}

/** Up to here 2^-n is a number like others, and the binomial coefficients before it are, too. */
const EXACT = 1020;

/** C(n, k) / 2^n, for k at most n / 2. */
function shareOf(n: number, k: number): number {
  if (n > EXACT) return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
  let ways = 1;
  for (let taken = 1; taken <= k; taken += 1) ways = (ways * (n - k + taken)) / taken;
  return ways * 2 ** -n;
}

/** The first whole number from `low` to `high` for which a statement that stays true is true; `high` when there is none before it. */
function firstWhole(low: number, high: number, isTrue: (value: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isTrue(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

const SMALL = 64;

/** ln n!: the sum itself for small n, Stirling's series for the rest. */
function logFactorial(n: number): number {
  if (n < SMALL) {
    let sum = 0;
    for (let factor = 2; factor <= n; factor += 1) sum += Math.log(factor);
    return sum;
  }
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
}
