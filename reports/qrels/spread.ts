import type { MeasuredQuery } from '../../schemas/qrels-report.ts';

/** Parts that the values of a measure fall into. */
export const SHARES = [
  { name: 'zero', title: '0', colour: 'rejected', holds: (value: number) => value <= 0 },
  { name: 'below_half', title: 'below 0.5', colour: 'review', holds: (value: number) => value < 0.5 },
  { name: 'below_one', title: '0.5 to below 1', colour: 'partial', holds: (value: number) => value < 1 },
  { name: 'one', title: '1', colour: 'accepted', holds: () => true },
] as const;

/** How many queries have a value in each part. */
export interface Spread {
  readonly measure: string;
  readonly counts: readonly number[];
}

/** How the values of the queries that count are spread, for each measure whose values lie between 0 and 1. */
export function spreadOf(queries: readonly MeasuredQuery[]): Spread[] {
  const measures = [...new Set(queries.flatMap(({ metrics }) => Object.keys(metrics)))];
  return measures.flatMap((measure): Spread[] => {
    if (/^(?:num_|hits|dcg|utility)/i.test(measure)) return [];
    const values = queries.flatMap(({ metrics }) => metrics[measure] ?? []);
    const counts = SHARES.map(() => 0);
    for (const value of values) counts[SHARES.findIndex(({ holds }) => holds(value))]! += 1;
    return values.length === 0 ? [] : [{ measure, counts }];
  });
}
