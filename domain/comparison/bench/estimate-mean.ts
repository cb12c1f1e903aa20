import { bootstrapPaired } from '../../stats/paired-bootstrap.ts';
import { mean } from '../../stats/variance.ts';

/** A mean over items with where it may lie by chance of the items (95 %); the interval is null for fewer than two items, all of it without any. */
export interface Estimate {
  readonly mean: number | null;
  readonly ci95: [number, number] | null;
}

/** The mean of one number for each item, in the order of the items' ids, with its bootstrap interval; `seed` names the stream of chance. */
export function estimateMean(values: readonly number[], seed: string, resamples = 10_000): Estimate {
  const interval = bootstrapPaired(values, seed, { resamples });
  return { mean: values.length === 0 ? null : mean(values), ci95: interval === null ? null : [interval.low, interval.high] };
}
