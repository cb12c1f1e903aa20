import { sampleVariance } from './variance.ts';

/** Quantile of the normal distribution for a two-sided error of 0.05. */
export const Z_TWO_SIDED_05 = 1.959963984540054;
/** Quantile of the normal distribution for a power of 0.80. */
const Z_POWER_80 = 0.8416212335729143;

/**
 * The smallest difference between the means of two independent samples of `n` items that a two-sided test finds with power 0.80:
 * (z + 0.8416) x sqrt(2 v / n), 2.801585 x sqrt(2 v / n) at 0.05. `variance` is that of an item: p (1 - p) for a share p. Null without items.
 */
export function detectableUnpaired(variance: number, n: number, z = Z_TWO_SIDED_05): number | null {
  return n > 0 ? (z + Z_POWER_80) * Math.sqrt((2 * variance) / n) : null;
}

/**
 * The same for two systems that answered the same items: (z + 0.8416) x s / sqrt(n), with s the sample standard deviation of the differences. For one
 * of m comparisons pass the quantile of 1 - 0.05 / (2 m) as `z`. Null for fewer than two items.
 */
export function detectablePaired(differences: readonly number[], z = Z_TWO_SIDED_05): number | null {
  const variance = sampleVariance(differences);
  return variance === null ? null : detectableMean(Math.sqrt(variance), differences.length, z);
}

/** The same for a standard deviation that is known: (z + 0.8416) x sd / sqrt(n). */
export function detectableMean(sd: number, n: number, z = Z_TWO_SIDED_05): number {
  return ((z + Z_POWER_80) * sd) / Math.sqrt(n);
}
