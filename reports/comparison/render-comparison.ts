import type { BenchComparison } from '../../schemas/bench-comparison.ts';
import type { MetricComparison } from '../../schemas/metric-comparison.ts';
import { showDifference, showInterval } from '../shared/bench-values.ts';
import { drawIntervalPlot, type IntervalRow } from '../shared/charts/interval-plot.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount } from '../shared/format.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import type { Verdict } from '../shared/verdict.ts';
import { comparisonTables } from './comparison-tables.ts';

const NAME = 'bench-comparison';

/** A comparison of two runs or models as files. The same comparison gives the same bytes. */
export function renderComparison(comparison: BenchComparison): { readonly name: string; readonly text: string }[] {
  const { a, b, mode, comparability, seed, resamples, flips } = comparison;
  const tables = comparisonTables(comparison, NAME);
  return renderReport({
    name: NAME,
    kind: 'Bench comparison',
    subject: a.model_id === b.model_id ? `${a.run_id} and ${b.run_id}` : `${a.model_id} and ${b.model_id}`,
    facts: [
      `Mode ${mode}`,
      `A: ${a.model_id} in ${a.run_id}, ${a.bt29.text}`,
      `B: ${b.model_id} in ${b.run_id}, ${b.bt29.text}`,
      `Comparability: ${comparability.status}${comparability.key === null ? '' : `, key ${comparability.key}`}`,
      `budget = floor(0.02 x N) = ${comparison.budget_flips ?? 'n/a'} item flips`,
      `${resamples} resamples, seed ${seed}`,
    ],
    verdict: judgeComparison(comparison),
    sections: [
      {
        id: 'metrics',
        title: 'Metrics',
        lead: 'Every question counts on both sides. Differences are B minus A, with the 95 % paired bootstrap interval; the MDE is the paired one.',
        figure: metricsFigure(comparison),
        table: tables.metrics,
      },
      { id: 'sources', title: 'By source', lead: 'Fewer than 10 questions say little and are marked as small.', table: tables.sources },
      {
        id: 'flips',
        title: 'Flips',
        lead: `Equal means can hide questions that swap: ${flips.hit_at_1} flip in Hit@1, ${flips.rank} change their rank.`,
        table: tables.flips,
      },
      {
        id: 'differences',
        title: 'Comparability',
        lead: 'What the two runs record differently. Labels never stand in for hashes.',
        table: tables.differences,
      },
      { id: 'sides', title: 'Sides', lead: 'The files that were read, byte for byte.', table: tables.sides },
      { id: 'warnings', title: 'Warnings', lead: 'What decides nothing but should be known.', table: tables.warnings },
    ],
    document: comparison,
  });
}

function judgeComparison({ a, b, metrics, comparability }: BenchComparison): Verdict {
  const mrr = metrics.find(({ metric }) => metric === 'mrr');
  const isApart = mrr?.is_distinguishable === true;
  const isComparable = comparability.status !== 'not comparable';
  const isTrusted = comparability.status === 'comparable' && a.bt29.state === 'passed' && b.bt29.state === 'passed';
  return {
    tone: !isComparable ? 'rejected' : isApart && isTrusted ? 'accepted' : 'review',
    word: !isComparable ? 'Not comparable' : isApart ? `${(mrr.difference ?? 0) > 0 ? 'B' : 'A'} is higher` : 'Not distinguishable',
    sentence: sentenceOf(isComparable, mrr),
    reasons: [
      ...comparability.differences.map(({ field }) => ({ sentence: `${field}:`, detail: 'differs between the runs' })),
      { sentence: `A, ${a.model_id}:`, detail: a.bt29.text },
      { sentence: `B, ${b.model_id}:`, detail: b.bt29.text },
    ],
    figures: metrics.slice(0, 2).map(({ metric, difference, ci95 }) => ({
      label: TITLES[metric] ?? metric,
      value: showDifference(difference),
      note: showInterval(ci95, showDifference),
    })),
    nextSteps: [],
  };
}

function sentenceOf(isComparable: boolean, mrr: MetricComparison | undefined): string {
  if (!isComparable) return 'The runs did not measure the same thing, so nothing was compared.';
  if (mrr === undefined) return 'Nothing was measured.';
  return mrr.is_distinguishable
    ? `Over ${formatAmount(mrr.n, 'question')}, the whole interval of the MRR difference lies on one side of 0.`
    : `Over ${formatAmount(mrr.n, 'question')}, the interval of the MRR difference contains 0: not significant.`;
}

/** How metrics are called in pictures. */
export const TITLES: Readonly<Record<string, string>> = {
  mrr: 'MRR',
  hit_at_1: 'Hit@1',
  hit_at_3: 'Hit@3',
  hit_at_5: 'Hit@5',
  hit_at_10: 'Hit@10',
  ndcg_at_10: 'nDCG@10',
  judge_mean: 'Judge-mean',
};

/** The judge's scale is another one, so its difference stands in the table alone. */
function metricsFigure({ metrics }: BenchComparison): Figure | undefined {
  const rows = metrics.flatMap(({ metric, difference, ci95, is_distinguishable }): IntervalRow[] => {
    if (difference === null || metric === 'judge_mean') return [];
    const note = `${showDifference(difference)}${ci95 === null ? '' : ` (${showInterval(ci95, showDifference)})`}`;
    return [
      { label: TITLES[metric] ?? metric, note, value: difference, interval: ci95, colour: is_distinguishable ? 'accepted' : 'review' },
    ];
  });
  if (rows.length === 0) return undefined;
  const apart = rows.filter(({ colour }) => colour === 'accepted').length;
  const title = `The difference B minus A in ${formatAmount(rows.length, 'metric')} with its 95 % interval; ${apart === 0 ? 'none leaves' : apart === 1 ? 'one leaves' : `${apart} leave`} out 0.`;
  return {
    sentence: title,
    legend: [
      { label: 'Interval leaves out 0', colour: 'accepted' },
      { label: 'Interval contains 0', colour: 'review' },
    ],
    draw: (layout) => drawIntervalPlot({ id: 'metrics', title, rows, mark: 0 }, layout),
  };
}
