import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import { CONTRADICTION_VERDICTS } from '../../schemas/vocabulary.ts';
import { drawStackedBars, type StackedBars } from '../shared/charts/stacked-bars.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount, formatPart } from '../shared/format.ts';
import { describeState } from '../shared/states.ts';

/** How many pairs got each verdict. */
export function verdictsFigure({ verdict_breakdown: counts }: ContradictionReport): Figure | undefined {
  const total = CONTRADICTION_VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
  if (total === 0) return undefined;
  const sentence = `${formatAmount(total, 'verdict')}: ${CONTRADICTION_VERDICTS.filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${describeState(verdict).label.toLowerCase()} ${counts[verdict]}`)
    .join(', ')}.`;
  const chart: StackedBars = {
    id: 'verdicts',
    title: sentence,
    scale: 'count',
    parts: CONTRADICTION_VERDICTS.map((verdict) => ({ label: describeState(verdict).label, colour: describeState(verdict).tone })),
    bars: CONTRADICTION_VERDICTS.map((verdict, at) => ({
      label: describeState(verdict).label,
      note: `${counts[verdict]} (${formatPart(counts[verdict], total)})`,
      values: CONTRADICTION_VERDICTS.map((_, part) => (part === at ? counts[verdict] : 0)),
    })),
  };
  return { sentence, draw: (layout) => drawStackedBars(chart, layout) };
}

/** What became of the candidate pairs. */
export function candidatesFigure({ per_query, entities }: ContradictionReport): Figure | undefined {
  const rows = [
    { label: 'Pairs of queries', counts: per_query },
    ...(entities === null ? [] : [{ label: 'Pairs of entities', counts: [entities] }]),
  ].map(({ label, counts }) => ({ label, values: FATES.map(({ read }) => counts.reduce((sum, each) => sum + read(each), 0)) }));
  const totals = rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  if (totals.every((total) => total === 0)) return undefined;
  const sentence = rows
    .map(
      ({ label, values }, row) =>
        `${label}: ${formatAmount(totals[row]!, 'candidate')}, ${FATES.map((fate, at) => `${fate.told} ${values[at]}`).join(', ')}.`,
    )
    .join(' ');
  const chart: StackedBars = {
    id: 'candidates',
    title: sentence,
    scale: 'share',
    parts: FATES,
    bars: rows.map(({ label, values }, row) => ({ label, note: formatAmount(totals[row]!, 'candidate'), values })),
  };
  return { sentence, legend: FATES.map(({ label, colour }) => ({ label, colour })), draw: (layout) => drawStackedBars(chart, layout) };
}

type Counts = Pick<
  ContradictionReport['per_query'][number],
  'pairs_judged' | 'pairs_cache_hit' | 'pairs_skipped_by_date' | 'pairs_errored'
>;

const FATES = [
  { label: 'Judged now', told: 'judged now', colour: 'partial', read: (of: Counts) => of.pairs_judged },
  { label: 'Known from the cache', told: 'known from the cache', colour: 'accepted', read: (of: Counts) => of.pairs_cache_hit },
  { label: 'Skipped by date', told: 'skipped by date', colour: 'neutral', read: (of: Counts) => of.pairs_skipped_by_date },
  { label: 'No verdict', told: 'without a verdict', colour: 'rejected', read: (of: Counts) => of.pairs_errored },
] as const;
