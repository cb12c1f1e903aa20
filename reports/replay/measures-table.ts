import type { ReplaySummary } from '../../schemas/replay-report.ts';
import { makeTable, type Table } from '../shared/table.ts';

/** The numbers of a replay; strict beside plain where both are there. */
export function measuresTable(summary: ReplaySummary, name: string): Table {
  type Row = readonly [measure: string, value: number | null, strict: number | null];
  const rows: Row[] = [
    ['Mean Jaccard', summary.mean_jaccard, summary.mean_jaccard_strict],
    ['Top-1 stability', summary.top1_stability_rate, summary.top1_stability_strict],
    ['Mean rank-biased overlap', summary.mean_rbo, null],
    ['Mean latency change, ms', summary.mean_latency_delta_ms, null],
    ['Latency p50, ms', summary.p50_latency_ms, null],
    ['Latency p95, ms', summary.p95_latency_ms, null],
    ['Rows more than twice as slow', summary.rows_over_2x_latency, null],
    ['Rows replayed', summary.rows_replayed, null],
    ['Rows skipped', summary.rows_skipped, null],
    ['Rows errored', summary.rows_errored, null],
    ['Rows degraded', summary.rows_degraded, null],
  ];
  return makeTable<Row>({
    name: `${name}-measures`,
    caption: 'Measures',
    whenEmpty: 'Nothing was measured.',
    rows,
    columns: [
      { name: 'measure', title: 'Measure', kind: 'word', value: ([measure]) => measure },
      { name: 'value', title: 'Replayed rows', kind: 'number', value: ([, value]) => value },
      { name: 'strict', title: 'Strict', kind: 'number', value: ([, , strict]) => strict },
    ],
  });
}
