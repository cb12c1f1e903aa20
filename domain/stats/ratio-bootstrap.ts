import { middleOf, readResampling, type Resampling } from './bootstrap-interval.ts';
import { resampleRatios } from './resample-ratios.ts';

/** Two numbers of one item, or the sums of those of a cluster. */
export interface RatioPair {
  readonly over: number;
  readonly under: number;
}

/** A ratio of means, and where it may lie by chance of the items; no interval where some resamples divide by 0. */
export interface RatioInterval {
  readonly ratio: number;
  readonly interval: readonly [low: number, high: number] | null;
}

/**
 * Paired bootstrap of the ratio of two means over the same items: a resample draws items with both of their numbers, and its value is the ratio of its
 * means. Items come in an order that does not depend on chance; `seed` names the stream of chance. Places in the sorted resamples are those of a mean
 * difference. Null where the mean below the line is 0. Source: B. Efron and R. Tibshirani, An introduction to the bootstrap (1993), 10.3.
 */
export function bootstrapRatio(pairs: readonly RatioPair[], seed: string, settings: Resampling = {}): RatioInterval | null {
  const { resamples, alpha } = readResampling(settings);
  const ratio = sumOf(pairs.map(({ over }) => over)) / sumOf(pairs.map(({ under }) => under));
  if (!Number.isFinite(ratio)) return null;
  if (pairs.length < 2) return { ratio, interval: null };
  const ratios = resampleRatios(
    Float64Array.from(pairs, ({ over }) => over),
    Float64Array.from(pairs, ({ under }) => under),
    seed,
    resamples,
  );
  return { ratio, interval: ratios.every(Number.isFinite) ? middleOf(ratios, alpha) : null };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
