import type { MeasureInterval } from '../../schemas/qrels-report.ts';
import { bootstrapMeans, bootstrapPaired } from '../stats/paired-bootstrap.ts';
import { SMALL_SAMPLE, wilsonInterval } from '../stats/wilson.ts';
import type { Evaluation } from './evaluate.ts';

/** What chance is drawn from. */
export interface Chance {
  readonly seed: number;
  readonly resamples: number;
}

/**
 * Where each mean may lie by chance of the queries, in the order of the measures: Wilson for proportions, else the bootstrap of the values. Null for sums
 * and geometric means, and for fewer than two queries of a mean. Measures of the same queries share their resamples.
 */
export function estimateMeasures({ measures, perQuery }: Evaluation, { seed, resamples }: Chance): (MeasureInterval | null)[] {
  const columns = measures.map((_, at) => perQuery.flatMap((query) => query.values[at] ?? []));
  const drawn = measures.flatMap(({ family }, at) => (family.summary === 'mean' && !family.isBinary ? [at] : []));
  const whole = drawn.filter((at) => columns[at]!.length === perQuery.length);
  const shared = bootstrapMeans(
    whole.map((at) => columns[at]!),
    [seed, 'qrels'].join('|'),
    { resamples },
  );
  return measures.map(({ name, family }, at): MeasureInterval | null => {
    const values = columns[at]!;
    const n = values.length;
    const note = n < SMALL_SAMPLE ? { note: `small sample: ${n} of ${SMALL_SAMPLE} queries` } : {};
    if (family.summary !== 'mean') return null;
    if (family.isBinary) {
      const hits = values.reduce((sum, value) => sum + value, 0);
      const { lower, upper } = wilsonInterval(hits, n);
      return n === 0 ? null : { method: 'wilson', low: lower, high: upper, n, hits, ...note };
    }
    const place = whole.indexOf(at);
    const interval = place < 0 ? bootstrapPaired(values, [seed, 'qrels', name].join('|'), { resamples }) : (shared?.[place] ?? null);
    return interval === null ? null : { method: 'bootstrap', low: interval.low, high: interval.high, n, ...note };
  });
}
