import { streamOf } from './sfc32.ts';
import { mean } from './variance.ts';

/** A mean difference, where it may lie by chance of the items (95 %), and how likely chance alone makes one as large. */
export interface PairedInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided; never 0. */
  readonly p: number;
  readonly resamples: number;
}

/** A fortieth of the resamples, 2.5 %, lies below the interval, and as many above. */
const TAIL_PARTS = 40;
/** Means of resamples that differ by less come from the order of adding, not from the data. */
const NOISE = 1e-12;

/**
 * Paired bootstrap of the mean of `differences`, one for each item, given in an order that does not depend on chance (by id). The interval holds the
 * means from place floor(0.025 B) to ceil(0.975 B) - 1 of B sorted resamples; p = (r + 1) / (B + 1), r being the resamples at least as far from the
 * mean as the mean is from 0. `seed` names the stream of chance (`42|<what is compared>`), so that one comparison does not shift another.
 * Null for fewer than two items, which nothing can be tested with. Source: B. Efron, Bootstrap methods: another look at the jackknife (1979).
 */
export function bootstrapPaired(differences: readonly number[], seed: string, resamples = 10_000): PairedInterval | null {
  if (differences.length < 2) return null;
  const centre = mean(differences);
  const means = resampleMeans(differences, streamOf(seed), resamples);
  const asFar = means.reduce((count, value) => count + Number(Math.abs(value - centre) >= Math.abs(centre) - NOISE), 0);
  return {
    mean: centre,
    low: means[Math.floor(resamples / TAIL_PARTS)]!,
    high: means[Math.ceil((resamples * (TAIL_PARTS - 1)) / TAIL_PARTS) - 1]!,
    p: (asFar + 1) / (resamples + 1),
    resamples,
  };
}

function resampleMeans(differences: readonly number[], next: () => number, resamples: number): Float64Array {
  const n = differences.length;
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    let sum = 0;
    for (let drawn = 0; drawn < n; drawn += 1) sum += differences[Math.floor((next() * n) / 0x1_0000_0000)]!;
    means[resample] = sum / n;
  }
  return means.sort();
}
