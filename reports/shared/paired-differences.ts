import type { PairedComparison } from '../../schemas/paired-comparison.ts';
import { showDifference, showInterval, showValue } from './bench-values.ts';
import { drawIntervalPlot, type IntervalHeading, type IntervalRow } from './charts/interval-plot.ts';
import type { Figure } from './figure.ts';
import { formatAmount } from './format.ts';
import { interval, measured } from './measured-columns.ts';
import type { ColumnOf } from './table.ts';

const ROWS_DRAWN = 40;

/** What a table tells of one metric of two arms. */
export const DIFFERENCE_COLUMNS: readonly ColumnOf<PairedComparison>[] = [
  { name: 'metric', title: 'Metric', kind: 'word', value: (row) => row.metric },
  { name: 'arms', title: 'Arms', kind: 'name', audience: 'people', value: (row) => `${row.arm_b} minus ${row.arm_a}` },
  { name: 'arm_a', title: 'A', kind: 'name', audience: 'programs', value: (row) => row.arm_a },
  { name: 'arm_b', title: 'B', kind: 'name', audience: 'programs', value: (row) => row.arm_b },
  { name: 'n', title: 'n', kind: 'number', value: (row) => row.n },
  { name: 'mean_a', title: 'First', kind: 'number', audience: 'programs', value: (row) => row.mean_a },
  { name: 'mean_b', title: 'Second', kind: 'number', audience: 'programs', value: (row) => row.mean_b },
  ...measured<PairedComparison>('delta', 'Difference', (row) => row.delta, showDifference),
  ...interval<PairedComparison>(
    'Interval',
    (row) => row.ci95,
    (ends) => showInterval(ends, showDifference),
  ),
  { name: 'reading', title: 'Reading', kind: 'word', value: readingOf },
  { name: 'tested', title: 'Test', kind: 'word', audience: 'people', value: tellTest },
  ...measured<PairedComparison>(
    'p_raw',
    'p',
    (row) => row.p_raw,
    (p) => showP(p, RAW_DIGITS),
  ),
  ...measured<PairedComparison>('p_bonferroni', 'Corrected p', (row) => row.p_bonferroni, showP),
  ...measured<PairedComparison>('p_holm', 'by Holm', (row) => row.p_holm, showP),
  { name: 'm', title: 'Comparisons', kind: 'number', audience: 'programs', value: (row) => row.m },
  { name: 'test', title: 'Test', kind: 'word', audience: 'programs', value: (row) => row.test },
  { name: 'gains', title: 'Gains', kind: 'number', audience: 'programs', value: (row) => row.discordant?.b ?? null },
  { name: 'losses', title: 'Losses', kind: 'number', audience: 'programs', value: (row) => row.discordant?.c ?? null },
  { name: 'clusters', title: 'Clusters', kind: 'number', audience: 'programs', value: (row) => row.clusters ?? null },
  ...measured<PairedComparison>('mde', 'MDE', (row) => row.mde, showValue),
  { name: 'text', title: 'In words', kind: 'prose', audience: 'programs', value: (row) => row.text },
];

/** Round numbers of a scale: `+0.05`, `0`. */
function showScale(value: number): string {
  const rounded = Number(value.toFixed(6));
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${Math.abs(rounded)}`;
}

/** An exact test is told to six digits; what is corrected, and read at a glance, to three. */
const RAW_DIGITS = 6;

function showP(p: number | null, digits = 3): string {
  return p === null ? 'n/a' : String(Number(p.toPrecision(digits)));
}

function tellTest({ discordant }: PairedComparison): string {
  return discordant === undefined ? 'bootstrap' : `McNemar ${discordant.b}:${discordant.c}`;
}

function readingOf({ significant, ci95, non_inferior }: PairedComparison): string {
  const reading = significant ? 'significant' : ci95 === null ? 'not testable, not significant' : 'not significant';
  return non_inferior === true ? `${reading}, non-inferior` : reading;
}

/**
 * Differences with their intervals, a heading for each pair of arms: significant ones are diamonds, the others rings, and each row says which it is. `id`
 * is unique on the page; undefined where nothing can be drawn.
 */
export function forestPlot(comparisons: readonly PairedComparison[], id: string): Figure | undefined {
  const pairs = groupByPair(comparisons);
  const rows = pairs.flatMap(({ a, b, rows: ofPair }): (IntervalRow | IntervalHeading)[] => {
    const drawn = ofPair.flatMap(rowOf);
    return drawn.length === 0 ? [] : [{ heading: `${b} minus ${a}` }, ...drawn];
  });
  if (rows.length === 0) return undefined;
  const sentence = `${sentenceOf(comparisons)}${rows.length > ROWS_DRAWN ? ' The table has those that are not drawn.' : ''}`;
  return {
    sentence,
    legend: [
      { label: 'Significant gain', colour: 'accepted', shape: 'diamond' },
      { label: 'Significant loss', colour: 'rejected', shape: 'diamond' },
      { label: 'Not significant', colour: 'neutral', shape: 'ring' },
    ],
    draw: (layout) =>
      drawIntervalPlot(
        {
          id,
          title: sentence,
          rows: rows.slice(0, ROWS_DRAWN),
          mark: 0,
          showScale,
        },
        layout,
      ),
  };
}

function rowOf({ metric, delta, ci95, significant }: PairedComparison): IntervalRow[] {
  if (delta === null) return [];
  return [
    {
      label: metric,
      note: `${showDifference(delta)}, ${significant ? 'significant' : 'not significant'}`,
      value: delta,
      interval: ci95,
      colour: !significant ? 'neutral' : delta > 0 ? 'accepted' : 'rejected',
      shape: significant ? 'diamond' : 'ring',
    },
  ];
}

function sentenceOf(comparisons: readonly PairedComparison[]): string {
  const [gains, losses] = [1, -1].map((sign) =>
    comparisons.filter(({ significant, delta }) => significant && Math.sign(delta ?? 0) === sign),
  );
  const compared = `The difference with its interval in ${formatAmount(comparisons.length, 'comparison')}`;
  if (gains!.length + losses!.length === 0) return `${compared}: all are not significant.`;
  const rest = comparisons.length - gains!.length - losses!.length;
  return `${compared}: ${formatAmount(gains!.length, 'significant gain')}, ${formatAmount(losses!.length, 'significant loss', 'significant losses')}, ${rest} not significant.`;
}

/** The pairs of arms in the order in which they were compared, each with its rows. */
function groupByPair(comparisons: readonly PairedComparison[]): { a: string; b: string; rows: PairedComparison[] }[] {
  const pairs = new Map<string, { a: string; b: string; rows: PairedComparison[] }>();
  for (const row of comparisons) {
    const key = JSON.stringify([row.arm_a, row.arm_b]);
    const pair = pairs.get(key) ?? { a: row.arm_a, b: row.arm_b, rows: [] };
    pair.rows.push(row);
    pairs.set(key, pair);
  }
  return [...pairs.values()];
}
