import type { DeterminismModel, DeterminismReport } from '../../schemas/determinism-report.ts';
import { formatAmount, formatNumber } from '../shared/format.ts';
import type { Verdict } from '../shared/verdict.ts';
import { showBt29, showBudgetFlips, showComparability, showId, showVerdict } from './words.ts';

/** What the runs came to, and what to do next. */
export function judgeReport(report: DeterminismReport): Verdict {
  const { models, overall, bt29, not_compared, runs } = report;
  const failed = models.filter(({ verdict }) => verdict === 'FAIL');
  return {
    tone: overall === 'FAIL' ? 'rejected' : bt29.established && bt29.claim === 'full' ? 'accepted' : 'review',
    word: overall,
    sentence: sentenceOf(report, failed.length),
    reasons: [
      ...failed.map((model) => ({ sentence: `${showId(model.model_id)}:`, detail: showVerdict(model) })),
      ...(bt29.established && bt29.claim === 'full' ? [] : [{ sentence: showBt29(bt29), detail: '' }]),
    ],
    figures: [
      { label: 'Runs', value: formatNumber(runs.length) },
      { label: 'Compared', value: formatNumber(models.length) },
      { label: 'Failed', value: formatNumber(failed.length) },
      { label: 'Not compared', value: formatNumber(not_compared.length) },
      ...(models.length === 1 ? flipsFigure(models[0]) : []),
    ],
    nextSteps: [],
  };
}

function flipsFigure(model: DeterminismModel | undefined): Verdict['figures'] {
  const flips = model?.flips.hit_at_1 ?? null;
  return [{ label: 'Items that flip', value: flips === null ? 'n/a' : formatNumber(flips) }];
}

function sentenceOf({ models, overall, runs }: DeterminismReport, failed: number): string {
  if (models.length === 0) return 'No model stands in two of the runs, so nothing was compared.';
  const compared = `${formatAmount(models.length, 'model')} over ${formatAmount(runs.length, 'run')}`;
  return overall === 'PASS' ? `${compared}: every spread is within its budget.` : `${compared}: ${failed} of ${models.length} failed.`;
}

/** Mode, budgets and comparability: a short fact each. */
export function reportFacts(report: DeterminismReport): string[] {
  const { mode, budgets } = report;
  return [
    `Mode ${mode}`,
    `Budgets MRR ${budgets.mrr}, Hit@1 ${budgets.hit_at_1}, judge-mean ${budgets.judge_mean}`,
    ...showBudgetFlips(report),
    `Comparability: ${showComparability(report)}`,
  ];
}
