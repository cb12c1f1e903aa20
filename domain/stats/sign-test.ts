import { fairTail } from './poisson.ts';

/**
 * Exact two-sided sign test of paired yes-or-no results, also known as McNemar's exact test: with n = gains + losses,
 * p = min(1, 2 x sum of C(n, i) / 2^n for i from 0 to the smaller of both). Pairs that did not change play no part; without any change p is 1.
 * Never 0: what is too small for a double becomes the smallest one. RangeError for what are no counts.
 * Source: Q. McNemar, Note on the sampling error of the difference between correlated proportions or percentages, Psychometrika 12 (1947).
 */
export function signTest(gains: number, losses: number): number {
  for (const count of [gains, losses]) {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new RangeError(`sign test: expected counts of gains and losses, found ${gains} and ${losses}. Pass whole numbers from 0 on.`);
  }
  return Math.max(Math.min(1, 2 * fairTail(gains + losses, Math.min(gains, losses))), Number.MIN_VALUE);
}
