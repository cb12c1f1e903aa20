import type { MetricComparison } from '../../schemas/metric-comparison.ts';
import type { BestAnswer } from '../../schemas/vocabulary.ts';

/** Whether side b of a comparison by MRR is better than side a: only when its whole interval lies on one side of 0. */
export function judgeBest({ ci95 }: Pick<MetricComparison, 'ci95'>): BestAnswer {
  if (ci95 === null) return 'not distinguishable';
  const [low, high] = ci95;
  return low > 0 ? 'better' : high < 0 ? 'worse' : 'not distinguishable';
}
