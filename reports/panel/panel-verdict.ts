import { formatAmount, formatNumber, formatUsd } from '../shared/format.ts';
import type { Verdict } from '../shared/verdict.ts';
import type { PanelView } from './panel-view.ts';

const TONES = { pass: 'accepted', fail: 'rejected', inconclusive: 'review', error: 'rejected' } as const;
const WORDS = { pass: 'Pass', fail: 'Fail', inconclusive: 'Inconclusive', error: 'Error' } as const;

/** What the panel says, why, how far its judges agree, and what it cost. */
export function judgePanel(view: PanelView): Verdict {
  const { batch, receipt, agreement } = view;
  const verdict = batch?.verdict ?? receipt?.aggregate.verdict ?? 'error';
  const costUsd = batch?.actual_cost_usd ?? receipt?.cost_usd;
  return {
    tone: TONES[verdict],
    word: WORDS[verdict],
    sentence: receipt?.aggregate.verdictMessage ?? tellBatch(view),
    reasons: [...dimensionReasons(view), ...judgeReasons(view), ...batchReasons(view)],
    figures: [
      ...(receipt?.aggregate.overall === undefined
        ? []
        : [{ label: 'Overall', value: receipt.aggregate.overall.toFixed(1), note: 'of 10' }]),
      ...(batch === null ? [] : [{ label: 'Passed', value: `${batch.pass_count} of ${batch.total}` }]),
      { label: 'Percent agreement', value: showPercent(agreement?.percent ?? null) },
      { label: "Krippendorff's alpha", value: showAlpha(agreement?.alpha ?? null) },
      ...(costUsd === undefined
        ? []
        : [
            { label: 'Cost', value: formatUsd(costUsd), ...(batch === null ? {} : { note: `estimated ${formatUsd(batch.est_cost_usd)}` }) },
          ]),
    ],
    nextSteps: [],
  };
}

function tellBatch({ batch }: PanelView): string {
  if (batch === null) return 'Nothing was judged.';
  const { pass_count, fail_count, inconclusive_count, error_count, upstream_error_count, malformed_count } = batch;
  return `Of ${formatAmount(batch.total, 'row')}: ${pass_count} pass, ${fail_count} fail, ${inconclusive_count} inconclusive, ${error_count} errors, ${upstream_error_count} without an answer to judge, ${malformed_count} malformed.`;
}

function dimensionReasons({ receipt }: PanelView): Verdict['reasons'] {
  return Object.entries(receipt?.aggregate.dimensions ?? {}).flatMap(([name, { mean, min, failReason }]) =>
    failReason === undefined
      ? []
      : [{ sentence: `${name}:`, detail: failReason === 'mean_below_7' ? `mean ${mean}, below 7` : `least ${min}, below 5` }],
  );
}

function judgeReasons({ judges }: PanelView): Verdict['reasons'] {
  return judges.flatMap(({ id, model, failed, calibration }) => [
    ...(failed === 0
      ? []
      : [{ sentence: `Judge ${id} (${model}):`, detail: `${formatAmount(failed, 'reply', 'replies')} could not be used` }]),
    ...(calibration === null || calibration.injected.passed === 0
      ? []
      : [
          {
            sentence: `Judge ${id} (${model}):`,
            detail: `passed ${calibration.injected.passed} of ${calibration.injected.scored} injected outputs`,
          },
        ]),
  ]);
}

function batchReasons({ batch }: PanelView): Verdict['reasons'] {
  const skipped = batch?.budget_skipped ?? 0;
  const left = batch?.not_scored ?? 0;
  return [
    ...(skipped === 0 ? [] : [{ sentence: `${formatAmount(skipped, 'row')} skipped:`, detail: 'the money was used up' }]),
    ...(left === 0 ? [] : [{ sentence: `${formatAmount(left, 'row')} not scored:`, detail: 'beyond the limit' }]),
    ...(batch?.adjusted === undefined
      ? []
      : [
          {
            sentence: 'By adjusted scores:',
            detail: `${batch.adjusted.verdict}, ${batch.adjusted.pass_count} pass, ${batch.adjusted.fail_count} fail`,
          },
        ]),
  ];
}

function showPercent(percent: number | null): string {
  return percent === null ? 'n/a' : `${formatNumber(percent)} %`;
}

function showAlpha(alpha: number | null): string {
  return alpha === null ? 'n/a' : alpha.toFixed(2);
}
