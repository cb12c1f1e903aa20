import type { EvalTrend, TrendChange, TrendPoint } from '../../schemas/eval-trend.ts';
import { showValue } from '../shared/bench-values.ts';
import { drawTrendLines, type TrendPanel } from '../shared/charts/trend-lines.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount } from '../shared/format.ts';

const PANELS_DRAWN = 12;
const POINTS_DRAWN = 60;

/** Letters of what changed; commits change with almost every record and stand in the table alone. */
const LETTERS: Readonly<Partial<Record<TrendChange, string>>> = { dataset: 'D', questions: 'Q', knobs: 'K', corpus: 'P' };

/** A panel for each series that has a value. */
export function trendFigure({ series }: EvalTrend): Figure | undefined {
  const counted = series.filter(({ points }) => points.some(({ value }) => value !== null));
  const drawn = counted.slice(0, PANELS_DRAWN);
  if (drawn.length === 0) return undefined;
  const panels = drawn.map(({ suite, mode, metric, points }): TrendPanel => {
    const valued = points.filter(({ value }) => value !== null).slice(-POINTS_DRAWN);
    return { title: `${suite}, ${mode}: ${metric}`, points: valued.map(drawnPoint) };
  });
  const sentence = [
    ...drawn.map(({ suite, mode, metric, points }) => `${suite}, ${mode}, ${metric}: ${tellLast(points)}.`),
    'Records stand in their order, not at distances of time; a line joins only records over the same dataset and questions.',
    'Letters say what changed: D the dataset, Q the questions, K the knobs, P the pages of the corpus.',
    ...(counted.length > drawn.length ? [`The first ${drawn.length} of ${counted.length} series are drawn.`] : []),
  ].join(' ');
  return {
    sentence,
    legend: [
      { label: 'Mean with 95 % interval', colour: 'partial', shape: 'dot' },
      { label: 'Mean as the record tells it, without an interval', colour: 'partial', shape: 'ring' },
    ],
    draw: (layout) => drawTrendLines({ id: 'trend', title: sentence, panels }, layout),
  };
}

function drawnPoint({ ran_at, value, ci95, changed, starts_anew }: TrendPoint): TrendPanel['points'][number] {
  return {
    label: ran_at.slice(0, 'YYYY-MM-DD'.length),
    value,
    interval: ci95,
    marks: changed.map((change) => LETTERS[change] ?? '').join(''),
    startsAnew: starts_anew,
  };
}

/** The newest value and the one it may be compared with. */
function tellLast(points: readonly TrendPoint[]): string {
  const valued = points.filter(({ value }) => value !== null);
  const last = valued.at(-1)!;
  const before = last.starts_anew ? undefined : valued.at(-2);
  const told = `${formatAmount(valued.length, 'record')}, last ${showValue(last.value)}`;
  return before === undefined ? told : `${told}, before it ${showValue(before.value)}`;
}
