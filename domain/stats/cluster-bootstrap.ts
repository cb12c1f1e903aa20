import { readInterval, readResampling, type BootstrapInterval, type Resampling } from './bootstrap-interval.ts';
import { resampleRatios } from './resample-ratios.ts';
import { mean } from './variance.ts';

/** With fewer clusters the interval of a cluster bootstrap is rough, and mostly too narrow. */
export const FEW_CLUSTERS = 10;

/**
 * Bootstrap of the mean difference of items that come in clusters (questions of one conversation): a resample is as many clusters as there are, drawn
 * with replacement, and its mean that of all items in them. `clusters` holds the differences of each, in an order that does not depend on chance.
 * With clusters of one item each it is the paired bootstrap, number by number. Null for fewer than two clusters.
 * Source: C. Field and A. Welsh, Bootstrapping clustered data (2007).
 */
export function bootstrapClusters(
  clusters: readonly (readonly number[])[],
  seed: string,
  settings: Resampling = {},
): BootstrapInterval | null {
  const { resamples, alpha } = readResampling(settings);
  const filled = clusters.filter(({ length }) => length > 0);
  if (filled.length < 2) return null;
  const sums = Float64Array.from(filled, (items) => items.reduce((sum, item) => sum + item, 0));
  const sizes = Float64Array.from(filled, ({ length }) => length);
  return readInterval(mean(filled.flat()), resampleRatios(sums, sizes, seed, resamples), alpha);
}
