import type { ReplayStudy, StudiedShare } from '../../schemas/replay-study.ts';
import { drawTrendLines, type TrendPanel } from '../shared/charts/trend-lines.ts';
import type { Figure } from '../shared/figure.ts';
import { formatNumber } from '../shared/format.ts';
import { showShare, type MeasuredShare } from '../shared/share-columns.ts';

const MEASURES: readonly { readonly title: string; readonly read: (of: StudiedShare) => MeasuredShare }[] = [
  { title: 'Gate passed', read: (of) => of.gate_pass },
  { title: 'Same answer in repeats', read: ({ exact_agreement: { mean, ci95 } }) => ({ rate: mean, ci95 }) },
  { title: 'Words in common of repeats', read: ({ token_agreement: { mean, ci95 } }) => ({ rate: mean, ci95 }) },
  { title: 'Escalated', read: (of) => of.escalation },
];

/** How gate, agreement and escalation go as the corpus grows: a panel for each that was measured anywhere. */
export function convergenceFigure({ shares }: ReplayStudy): Figure | undefined {
  const drawn = MEASURES.filter(({ read }) => shares.some((of) => read(of).rate !== null));
  if (drawn.length === 0) return undefined;
  const panels = drawn.map(({ title, read }): TrendPanel => ({
    title,
    points: shares.map((of) => {
      const { rate, ci95 } = read(of);
      return { label: `${formatNumber(of.rows)} rows`, value: rate, interval: ci95, marks: '', startsAnew: false };
    }),
  }));
  const [first, last] = [shares[0]!, shares.at(-1)!];
  const sentence = [
    ...drawn.map(({ title, read }) =>
      shares.length === 1
        ? `${title}: ${showShare(read(first))}.`
        : `${title}: from ${showShare(read(first))} to ${showShare(read(last))}.`,
    ),
    'Shares of the corpus stand in their order, not at distances of rows; every smaller one is contained in the larger ones.',
  ].join(' ');
  return {
    sentence,
    legend: [
      { label: 'With 95 % interval', colour: 'partial', shape: 'dot' },
      { label: 'Without an interval', colour: 'partial', shape: 'ring' },
    ],
    draw: (layout) => drawTrendLines({ id: 'convergence-curve', title: sentence, panels }, layout),
  };
}
