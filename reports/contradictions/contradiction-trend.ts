import type { ContradictionTrendRow } from '../../schemas/contradiction-trend.ts';
import { showInterval } from '../shared/bench-values.ts';
import { drawTrendLines, type TrendPoint } from '../shared/charts/trend-lines.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount, formatInstant, formatShare, formatUsd } from '../shared/format.ts';
import { interval } from '../shared/measured-columns.ts';
import { makeTable, type Table } from '../shared/table.ts';

const RUNS_DRAWN = 60;
const ROWS_SHOWN = 30;
/** Of an instant: `2026-03-01 08:00`. */
const MINUTES = 16;

/** The share of queries with a contradiction, run by run. */
export function trendFigure(rows: readonly ContradictionTrendRow[]): Figure | undefined {
  const drawn = inOrder(rows)
    .filter((row) => rateOf(row) !== null)
    .slice(-RUNS_DRAWN);
  const last = drawn.at(-1);
  if (last === undefined) return undefined;
  const sentence = [
    `Queries with a contradiction: ${formatAmount(drawn.length, 'run')}, last ${formatShare(rateOf(last)!)} (${showShares(boundsOf(last))}).`,
    'A line joins only runs over the same queries with the same judge and prompt. Letters say what changed: Q the queries, J the judge, P the prompt.',
  ].join(' ');
  const points = drawn.map((row, at) => pointOf(row, drawn[at - 1]));
  return {
    sentence,
    legend: [{ label: 'Share of queries with 95 % interval', colour: 'partial', shape: 'dot' }],
    draw: (layout) => drawTrendLines({ id: 'trend', title: sentence, panels: [{ title: 'Queries with a contradiction', points }] }, layout),
  };
}

/** Every run, newest first, those whose judge failed too. */
export function trendTable(rows: readonly ContradictionTrendRow[], name: string): Table {
  return makeTable<ContradictionTrendRow>({
    name: `${name}-trend`,
    caption: 'Runs, newest first',
    whenEmpty: 'There was no run before.',
    rows: inOrder(rows).toReversed(),
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'ran', title: 'Ran at', kind: 'word', audience: 'people', value: (row) => formatInstant(row.ran_at).slice(0, MINUTES) },
      { name: 'ran_at', title: 'Ran at', kind: 'name', audience: 'programs', value: (row) => row.ran_at },
      { name: 'run_id', title: 'Run', kind: 'name', audience: 'programs', value: (row) => row.run_id },
      { name: 'run_status', title: 'State', kind: 'state', value: (row) => row.run_status },
      { name: 'rate', title: 'With a contradiction', kind: 'share', value: rateOf },
      ...interval<ContradictionTrendRow>('95 % interval', boundsOf, showShares),
      { name: 'queries_judged', title: 'Queries', kind: 'number', value: (row) => row.queries_judged },
      { name: 'findings', title: 'Findings', kind: 'number', value: (row) => row.total_contradictions_flagged },
      { name: 'judge_errors', title: 'Errors', kind: 'number', value: (row) => row.judge_errors_total },
      { name: 'cache_hit_rate', title: 'Cached', kind: 'share', value: (row) => row.cache.hit_rate },
      { name: 'cost', title: 'Cost', kind: 'value', audience: 'people', value: (row) => formatUsd(row.cost_usd_total) },
      { name: 'cost_usd_total', title: 'Cost', kind: 'number', audience: 'programs', value: (row) => row.cost_usd_total },
      { name: 'judge_model', title: 'Judge', kind: 'name', value: (row) => row.judge_model },
      { name: 'prompt_version', title: 'Prompt', kind: 'name', audience: 'programs', value: (row) => row.prompt_version },
    ],
  });
}

function inOrder(rows: readonly ContradictionTrendRow[]): ContradictionTrendRow[] {
  return rows.toSorted((a, b) => Date.parse(a.ran_at) - Date.parse(b.ran_at));
}

function rateOf({ run_status, queries_judged, queries_with_contradiction }: ContradictionTrendRow): number | null {
  return run_status === 'judge_failed' || queries_judged === 0 ? null : queries_with_contradiction / queries_judged;
}

function boundsOf({ wilson_ci_lower: lower, wilson_ci_upper: upper }: ContradictionTrendRow): [number, number] | null {
  return lower === null || upper === null ? null : [lower, upper];
}

function pointOf(row: ContradictionTrendRow, before: ContradictionTrendRow | undefined): TrendPoint {
  const changed = before === undefined ? [] : CHANGES.filter(({ read }) => read(row) !== read(before));
  return {
    label: row.ran_at.slice('YYYY-'.length, 'YYYY-MM-DD'.length),
    value: rateOf(row),
    interval: boundsOf(row),
    marks: changed.map(({ letter }) => letter).join(''),
    startsAnew: changed.length > 0,
  };
}

const CHANGES: readonly { readonly letter: string; readonly read: (row: ContradictionTrendRow) => string }[] = [
  { letter: 'Q', read: ({ report }) => `${report.dataset.queries_sha256} ${report.top_k}` },
  { letter: 'J', read: (row) => `${row.judge_model} ${row.judge_snapshot}` },
  { letter: 'P', read: (row) => row.prompt_hash },
];

function showShares(ends: readonly [number, number] | null): string {
  return showInterval(ends, (end) => formatShare(end ?? 0));
}
