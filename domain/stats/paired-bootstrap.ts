import { readInterval, readResampling, type BootstrapInterval, type Resampling } from './bootstrap-interval.ts';
import { resampleMeans } from './resample-means.ts';
import { mean } from './variance.ts';

/**
 * Paired bootstrap of the mean of `differences`, one for each item, given in an order that does not depend on chance (by id). A resample is as many
 * items as there are, drawn with replacement. `seed` names the stream of chance (`42|<what is compared>`), so that one comparison does not shift
 * another. Null for fewer than two items, which nothing can be tested with.
 * Source: B. Efron, Bootstrap methods: another look at the jackknife (1979).
 */
export function bootstrapPaired(differences: readonly number[], seed: string, settings: Resampling = {}): BootstrapInterval | null {
  return bootstrapMeans([differences], seed, settings)?.[0] ?? null;
}

/** The same for several numbers of the same items, whose resamples are drawn once for all of them. */
export function bootstrapMeans(
  columns: readonly (readonly number[])[],
  seed: string,
  settings: Resampling = {},
): BootstrapInterval[] | null {
  const { resamples, alpha } = readResampling(settings);
  const n = columns[0]?.length ?? 0;
  if (n < 2) return null;
  const means = resampleMeans(
    columns.map((values) => Float64Array.from(values)),
    seed,
    resamples,
  );
  return columns.map((values, at) => readInterval(mean(values), means[at]!, alpha));
}
