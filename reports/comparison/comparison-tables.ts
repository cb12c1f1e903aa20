import type { BenchComparison } from '../../schemas/bench-comparison.ts';
import type { MetricComparison } from '../../schemas/metric-comparison.ts';
import { showDifference, showInterval } from '../shared/bench-values.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';

/** The tables of a comparison; their names begin with that of the page, because they lie beside it. */
export interface ComparisonTables {
  readonly metrics: Table;
  readonly sources: Table;
  readonly flips: Table;
  readonly differences: Table;
  readonly sides: Table;
  readonly warnings: Table;
}

export function comparisonTables(comparison: BenchComparison, name: string): ComparisonTables {
  return {
    metrics: metricsTable(comparison, name),
    sources: sourcesTable(comparison, name),
    flips: flipsTable(comparison, name),
    differences: differencesTable(comparison, name),
    sides: sidesTable(comparison, name),
    warnings: makeTable({
      name: `${name}-warnings`,
      caption: 'Warnings',
      whenEmpty: 'There is nothing else to know.',
      rows: comparison.warnings,
      columns: [{ name: 'warning', title: 'Warning', kind: 'prose', value: (row) => row }],
    }),
  };
}

/** Columns over the numbers of one metric. */
const NUMBERS: readonly ColumnOf<MetricComparison>[] = [
  { name: 'mean_a', title: 'A', kind: 'number', value: (row) => row.mean_a },
  { name: 'mean_b', title: 'B', kind: 'number', value: (row) => row.mean_b },
  { name: 'difference', title: 'Difference', kind: 'value', value: (row) => showDifference(row.difference) },
  { name: 'ci95', title: '95 % interval', kind: 'word', value: (row) => showInterval(row.ci95, showDifference) },
  { name: 'sign_p', title: 'Sign test p', kind: 'word', value: (row) => row.sign.p.toPrecision(6) },
  { name: 'gains', title: 'Gains', kind: 'number', value: (row) => row.sign.gains },
  { name: 'losses', title: 'Losses', kind: 'number', value: (row) => row.sign.losses },
  { name: 'mde', title: 'MDE (paired)', kind: 'number', value: (row) => row.mde.value },
  { name: 'reading', title: 'Reading', kind: 'prose', value: (row) => (row.is_distinguishable ? 'apart' : 'not significant') },
];

function metricsTable({ metrics }: BenchComparison, name: string): Table {
  return makeTable<MetricComparison>({
    name: `${name}-metrics`,
    caption: 'Metrics, B minus A',
    whenEmpty: 'The runs are not comparable, so nothing was compared.',
    rows: metrics,
    columns: [
      { name: 'metric', title: 'Metric', kind: 'word', value: (row) => row.metric },
      { name: 'n', title: 'Items', kind: 'number', value: (row) => row.n },
      ...NUMBERS,
    ],
  });
}

function sourcesTable({ per_source }: BenchComparison, name: string): Table {
  type Row = { readonly source: string; readonly small: boolean; readonly metric: MetricComparison };
  const rows = per_source.flatMap(({ source, small, mrr, hit_at_1 }): Row[] => [
    { source, small, metric: mrr },
    { source, small, metric: hit_at_1 },
  ]);
  return makeTable<Row>({
    name: `${name}-sources`,
    caption: 'MRR and Hit@1 by source',
    whenEmpty: 'The files do not tell sources apart.',
    rows,
    columns: [
      { name: 'source', title: 'Source', kind: 'name', value: (row) => row.source },
      { name: 'metric', title: 'Metric', kind: 'word', value: (row) => row.metric.metric },
      { name: 'n', title: 'Items', kind: 'number', value: (row) => row.metric.n },
      { name: 'small', title: 'Small', kind: 'word', labels: { true: 'small', false: 'no' }, value: (row) => row.small },
      ...NUMBERS.map((column) => ({ ...column, value: (row: Row) => column.value(row.metric) })),
    ],
  });
}

const FLIPS_SHOWN = 20;

function flipsTable({ flips }: BenchComparison, name: string): Table {
  return makeTable({
    name: `${name}-flips`,
    caption: 'Questions that are placed differently, widest first',
    whenEmpty: 'Every question has the same rank on both sides.',
    rows: flips.items,
    rowsShown: FLIPS_SHOWN,
    columns: [
      { name: 'qa_id', title: 'Question', kind: 'name', value: (row) => row.qa_id },
      { name: 'source', title: 'Source', kind: 'name', value: (row) => row.source },
      { name: 'rank_a', title: 'Rank in A', kind: 'number', value: (row) => row.rank_a },
      { name: 'rank_b', title: 'Rank in B', kind: 'number', value: (row) => row.rank_b },
      { name: 'is_flip', title: 'Flips in Hit@1', kind: 'word', labels: { true: 'yes', false: 'no' }, value: (row) => row.is_flip },
    ],
  });
}

function differencesTable({ comparability }: BenchComparison, name: string): Table {
  return makeTable({
    name: `${name}-differences`,
    caption: 'What differs',
    whenEmpty: 'Nothing that both runs record differs.',
    rows: comparability.differences.flatMap(({ field, values }) => values.map(({ value, run_ids }) => ({ field, value, run_ids }))),
    columns: [
      { name: 'field', title: 'Field', kind: 'word', value: (row) => row.field },
      { name: 'value', title: 'Value', kind: 'name', value: (row) => row.value ?? 'not recorded' },
      { name: 'run_ids', title: 'Runs', kind: 'name', value: (row) => row.run_ids.join(', ') },
    ],
  });
}

function sidesTable({ a, b }: BenchComparison, name: string): Table {
  return makeTable({
    name: `${name}-sides`,
    caption: 'Sides',
    whenEmpty: 'There is none.',
    rows: [
      { side: 'A', ...a },
      { side: 'B', ...b },
    ],
    columns: [
      { name: 'side', title: 'Side', kind: 'word', value: (row) => row.side },
      { name: 'model', title: 'Model', kind: 'name', value: (row) => row.model_id },
      { name: 'run_id', title: 'Run', kind: 'name', value: (row) => row.run_id },
      { name: 'verdict', title: 'Verdict', kind: 'word', value: (row) => row.verdict },
      { name: 'bt29', title: 'BT-29', kind: 'prose', value: (row) => row.bt29.text },
      { name: 'path', title: 'File', kind: 'path', value: (row) => row.path },
      { name: 'sha256', title: 'sha256', kind: 'digest', value: (row) => row.sha256 },
    ],
  });
}
