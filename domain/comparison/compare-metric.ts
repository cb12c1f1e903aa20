import type { MetricComparison } from '../../schemas/metric-comparison.ts';
import { detectablePaired } from '../stats/minimum-detectable.ts';
import { bootstrapPaired } from '../stats/paired-bootstrap.ts';
import { signTest } from '../stats/sign-test.ts';
import { mean } from '../stats/variance.ts';

/** What names the stream of chance of a comparison, so that comparisons do not depend on each other or on their order. */
export interface ComparisonNames {
  readonly seed: number;
  readonly suite: string;
  readonly metric: string;
  readonly armA: string;
  readonly armB: string;
}

/** Compares two sides in one metric, over one number of each side for each item, in the order of the items' ids. */
export function compareMetric(
  pairs: readonly { readonly a: number; readonly b: number }[],
  names: ComparisonNames,
  resamples = 10_000,
): MetricComparison {
  const differences = pairs.map(({ a, b }) => b - a);
  const { seed, suite, metric, armA, armB } = names;
  const interval = bootstrapPaired(differences, [seed, suite, metric, armA, armB].join('|'), resamples);
  const [gains, losses] = [differences.filter((value) => value > 0).length, differences.filter((value) => value < 0).length];
  const isEmpty = pairs.length === 0;
  return {
    metric,
    n: pairs.length,
    mean_a: isEmpty ? null : mean(pairs.map(({ a }) => a)),
    mean_b: isEmpty ? null : mean(pairs.map(({ b }) => b)),
    difference: isEmpty ? null : mean(differences),
    ci95: interval === null ? null : [interval.low, interval.high],
    p: interval?.p ?? null,
    sign: { gains, losses, p: signTest(gains, losses) },
    mde: { form: 'paired', value: detectablePaired(differences) },
    is_distinguishable: interval !== null && (interval.low > 0 || interval.high < 0),
  };
}
