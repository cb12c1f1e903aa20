import type { DeterminismReport } from '../../schemas/determinism-report.ts';
import { drawRangePlot, type RangeRow } from '../shared/charts/range-plot.ts';
import type { Figure } from '../shared/figure.ts';
import { showId, showRange, showValue } from './words.ts';

const METRICS = [
  ['mrr', 'MRR'],
  ['hit_at_1', 'Hit@1'],
  ['judge_mean', 'Judge-mean'],
] as const;

/** How much of its budget each model takes in each metric; undefined when no run has a good value. */
export function rangeFigure({ models, budgets }: DeterminismReport): Figure | undefined {
  const rows = models.flatMap((model) =>
    METRICS.flatMap(([metric, label]): RangeRow[] => {
      const { min, delta, values } = model[metric];
      if (min === null || delta === null) return [];
      const isWithin = !model.reasons.some(({ code, detail }) => code === 'over_budget' && detail.startsWith(`${metric} `));
      return [
        {
          label: `${label} · ${showId(model.model_id)}`,
          note: `${showRange(model[metric])}, Δ ${showValue(delta)}`,
          offsets: values.filter((value) => value !== null).map((value) => offsetOf(value - min, budgets[metric])),
          colour: isWithin ? 'accepted' : 'rejected',
        },
      ];
    }),
  );
  if (rows.length === 0) return undefined;
  const above = rows.filter(({ colour }) => colour === 'rejected').length;
  const title =
    `The spread of ${rows.length === 1 ? 'one metric' : `${rows.length} metrics`} over the runs, each against a budget that is as long as its band; ` +
    `${above === 0 ? 'none leaves' : above === 1 ? 'one leaves' : `${above} leave`} it. A dot is a run.`;
  return {
    sentence: title,
    legend: [
      { label: 'Budget', colour: 'bar' },
      { label: 'Runs within it', colour: 'accepted' },
      { label: 'Runs beyond it', colour: 'rejected' },
    ],
    draw: (layout) => drawRangePlot({ id: 'ranges', title, rows }, layout),
  };
}

/** Against a budget of nothing, any difference is beyond every edge. */
function offsetOf(difference: number, budget: number): number {
  if (difference === 0) return 0;
  return budget === 0 ? Number.MAX_SAFE_INTEGER : difference / budget;
}
