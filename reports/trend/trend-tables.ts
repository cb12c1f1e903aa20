import type { EvalTrend, TrendPoint, TrendSeries } from '../../schemas/eval-trend.ts';
import { interval, measured } from '../shared/measured-columns.ts';
import { showInterval } from '../shared/bench-values.ts';
import { formatInstant } from '../shared/format.ts';
import { makeTable, type Table } from '../shared/table.ts';

const ROWS_SHOWN = 60;

type Row = TrendPoint & Omit<TrendSeries, 'points'>;

/** Every record of every series. */
export function recordsTable({ series }: EvalTrend, name: string): Table {
  return makeTable<Row>({
    name: `${name}-records`,
    caption: 'Records, oldest first',
    whenEmpty: 'No record is that young.',
    rows: series.flatMap(({ points, ...of }) => points.map((point) => ({ ...of, ...point }))),
    rowsShown: ROWS_SHOWN,
    columns: [
      {
        name: 'series',
        title: 'Series',
        kind: 'name',
        audience: 'people',
        value: ({ suite, mode, metric }) => `${suite}, ${mode}, ${metric}`,
      },
      { name: 'suite', title: 'Suite', kind: 'name', audience: 'programs', value: (row) => row.suite },
      { name: 'mode', title: 'Mode', kind: 'name', audience: 'programs', value: (row) => row.mode },
      { name: 'metric', title: 'Metric', kind: 'name', audience: 'programs', value: (row) => row.metric },
      { name: 'ran_at', title: 'Ran at', kind: 'word', audience: 'people', value: (row) => formatInstant(row.ran_at).slice(0, MINUTES) },
      { name: 'ran_at', title: 'Ran at', kind: 'name', audience: 'programs', value: (row) => row.ran_at },
      { name: 'status', title: 'State', kind: 'state', audience: 'programs', value: (row) => row.status },
      ...measured<Row>('value', 'Mean', (row) => row.value),
      ...interval<Row>('95 % interval', (row) => row.ci95, showInterval),
      { name: 'n', title: 'n', kind: 'number', value: (row) => row.n },
      { name: 'changed', title: 'Changed', kind: 'name', value: (row) => row.changed.join(', ') || null },
      { name: 'starts_anew', title: 'Starts anew', kind: 'word', audience: 'programs', value: (row) => row.starts_anew },
      { name: 'commit', title: 'Commit', kind: 'name', value: (row) => row.commit },
      { name: 'run_id', title: 'Run', kind: 'name', audience: 'programs', value: (row) => row.run_id },
      { name: 'run_uid', title: 'Uid', kind: 'name', audience: 'programs', value: (row) => row.run_uid },
      { name: 'dataset_hash', title: 'Dataset', kind: 'digest', audience: 'programs', value: (row) => row.dataset_hash },
      { name: 'knob_hash', title: 'Knobs', kind: 'digest', audience: 'programs', value: (row) => row.knob_hash },
      { name: 'corpus_hash', title: 'Corpus', kind: 'digest', audience: 'programs', value: (row) => row.corpus_hash },
      { name: 'source', title: 'Source', kind: 'word', audience: 'programs', value: (row) => row.source },
      { name: 'note', title: 'Note', kind: 'prose', value: (row) => row.note },
    ],
  });
}

/** Of an instant: `2026-03-01 08:00`. */
const MINUTES = 16;

export function noticesTable({ notices, malformed_lines: malformed }: EvalTrend, name: string): Table {
  return makeTable<string>({
    name: `${name}-notices`,
    caption: 'Notices',
    whenEmpty: 'There is nothing else to know.',
    rows: [...notices, ...(malformed === 0 ? [] : [`Lines of the ledger that could not be read and do not count: ${malformed}.`])],
    columns: [{ name: 'notice', title: 'Notice', kind: 'prose', value: (row) => row }],
  });
}
