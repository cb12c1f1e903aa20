import type { MeasureInterval } from '../../schemas/qrels-report.ts';
import { bootstrapPaired } from '../stats/paired-bootstrap.ts';
import { SMALL_SAMPLE, wilsonInterval } from '../stats/wilson.ts';
import type { Evaluation } from './evaluate.ts';

/** What chance is drawn from. */
export interface Chance {
  readonly seed: number;
  readonly resamples: number;
}

/**
 * Where each mean may lie by chance of the queries, in the order of the measures: Wilson for proportions, else the bootstrap of the values. Null for sums
 * and geometric means, and for fewer than two queries of a mean.
 */
export function estimateMeasures({ measures, perQuery }: Evaluation, { seed, resamples }: Chance): (MeasureInterval | null)[] {
  return measures.map(({ name, family }, at): MeasureInterval | null => {
    if (family.summary !== 'mean') return null;
    const values = perQuery.flatMap((query) => query.values[at] ?? []);
    const n = values.length;
    const note = n < SMALL_SAMPLE ? { note: `small sample: ${n} of ${SMALL_SAMPLE} queries` } : {};
    if (family.isBinary) {
      const hits = values.reduce((sum, value) => sum + value, 0);
      const { lower, upper } = wilsonInterval(hits, n);
      return n === 0 ? null : { method: 'wilson', low: lower, high: upper, n, hits, ...note };
    }
    const interval = bootstrapPaired(values, [seed, 'qrels', name].join('|'), resamples);
    return interval === null ? null : { method: 'bootstrap', low: interval.low, high: interval.high, n, ...note };
  });
}
