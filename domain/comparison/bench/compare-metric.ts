import type { MetricComparison } from '../../../schemas/metric-comparison.ts';
import { leavesOutZero } from '../../stats/bootstrap-interval.ts';
import { detectablePaired } from '../../stats/minimum-detectable.ts';
import { signTest } from '../../stats/sign-test.ts';
import { measurePairs, type ScoredPair } from '../measure-pairs.ts';

/** What names the stream of chance of a comparison, so that comparisons do not depend on each other or on their order. */
export interface ComparisonNames {
  readonly seed: number;
  readonly suite: string;
  readonly metric: string;
  readonly armA: string;
  readonly armB: string;
}

/** Compares two sides in one metric, over one number of each side for each item, as a comparison that stands for itself. */
export function compareMetric(pairs: readonly ScoredPair[], names: ComparisonNames, resamples?: number): MetricComparison {
  const { seed, suite, metric, armA, armB } = names;
  const stream = [seed, suite, metric, armA, armB].join('|');
  const { n, meanA, meanB, delta, differences, interval, gains, losses } = measurePairs(pairs, {
    stream,
    ...(resamples === undefined ? {} : { resamples }),
  });
  return {
    metric,
    n,
    mean_a: meanA,
    mean_b: meanB,
    difference: delta,
    ci95: interval === null ? null : [interval.low, interval.high],
    p: interval?.p ?? null,
    sign: { gains, losses, p: signTest(gains, losses) },
    mde: { form: 'paired', value: detectablePaired(differences) },
    is_distinguishable: interval !== null && leavesOutZero(interval),
  };
}
