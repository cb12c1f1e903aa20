import type { QrelsReport } from '../../schemas/qrels-report.ts';
import { showDifference, showInterval, showValue } from '../shared/bench-values.ts';
import { drawIntervalPlot, type IntervalRow } from '../shared/charts/interval-plot.ts';
import { drawStackedBars } from '../shared/charts/stacked-bars.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount } from '../shared/format.ts';
import type { QrelsSide } from './qrels-tables.ts';
import { SHARES, spreadOf } from './spread.ts';

const ROWS_SHOWN = 16;

/** Means with their intervals; undefined where no measure has one. */
export function measuresFigure(sides: readonly QrelsSide[]): Figure | undefined {
  const rows = sides.flatMap(({ arm }, side) =>
    Object.entries(arm.metrics).flatMap(([measure, value]): IntervalRow[] => {
      const interval = arm.intervals[measure] ?? null;
      if (value === null || interval === null) return [];
      const ends = [interval.low, interval.high] as const;
      const label = sides.length === 1 ? measure : `${measure}, ${arm.name}`;
      return [
        { label, note: `${showValue(value)} (${showInterval(ends)})`, value, interval: ends, colour: side === 0 ? 'partial' : 'review' },
      ];
    }),
  );
  if (rows.length === 0) return undefined;
  const title = `${formatAmount(rows.length, 'mean')} with the 95 % interval of each${rows.length > ROWS_SHOWN ? `; the first ${ROWS_SHOWN} are drawn` : ''}.`;
  return { sentence: title, draw: (layout) => drawIntervalPlot({ id: 'measures', title, rows: rows.slice(0, ROWS_SHOWN) }, layout) };
}

/** How the values of the queries are spread, a bar for each measure. */
export function spreadFigure(sides: readonly QrelsSide[]): Figure | undefined {
  const bars = sides.flatMap(({ arm, queries }) =>
    spreadOf(queries).map(({ measure, counts }) => ({
      label: sides.length === 1 ? measure : `${measure}, ${arm.name}`,
      note: counts.join(' / '),
      values: counts,
    })),
  );
  if (bars.length === 0) return undefined;
  const title = `Queries by their value: ${SHARES.map((share) => share.title).join(', ')}${bars.length > ROWS_SHOWN ? `; the first ${ROWS_SHOWN} measures are drawn` : ''}.`;
  return {
    sentence: title,
    legend: SHARES.map(({ title: label, colour }) => ({ label, colour })),
    draw: (layout) =>
      drawStackedBars(
        {
          id: 'spread',
          title,
          parts: SHARES.map(({ title: label, colour }) => ({ label, colour })),
          bars: bars.slice(0, ROWS_SHOWN),
          scale: 'share',
        },
        layout,
      ),
  };
}

/** Differences with their intervals around 0. */
export function comparisonFigure({ comparison }: QrelsReport): Figure | undefined {
  const rows = (comparison?.comparisons ?? []).flatMap(({ metric, delta, ci95, significant }): IntervalRow[] => {
    if (delta === null) return [];
    const note = `${showDifference(delta)} (${showInterval(ci95, showDifference)})`;
    return [{ label: metric, note, value: delta, interval: ci95, colour: significant ? 'accepted' : 'review' }];
  });
  if (rows.length === 0) return undefined;
  const apart = rows.filter(({ colour }) => colour === 'accepted').length;
  const title = `The difference B minus A in ${formatAmount(rows.length, 'measure')}; ${apart === 0 ? 'all are not significant' : `${apart} significant after correction`}.`;
  return {
    sentence: title,
    legend: [
      { label: 'significant', colour: 'accepted' },
      { label: 'not significant', colour: 'review' },
    ],
    draw: (layout) => drawIntervalPlot({ id: 'comparison', title, rows: rows.slice(0, ROWS_SHOWN), mark: 0 }, layout),
  };
}
