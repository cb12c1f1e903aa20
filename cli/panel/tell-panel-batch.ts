import { formatAmount, formatUsd } from '../../reports/shared/format.ts';
import type { PanelBatch } from '../../schemas/panel-batch.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { tellAgreement, tellCalibration } from './tell-agreement.ts';

/** What a batch came to, for people. */
export function tellPanelBatch(summary: PanelBatch, capUsd: number | null): string {
  const { agreement, calibration, adjusted, not_scored: beyond = 0 } = summary;
  const counts: readonly (readonly [string, number])[] = [
    ['pass', summary.pass_count],
    ['fail', summary.fail_count],
    ['inconclusive', summary.inconclusive_count],
    ['error', summary.error_count],
    ['upstream error', summary.upstream_error_count],
    ['malformed', summary.malformed_count],
    ['skipped, budget', summary.budget_skipped ?? 0],
  ];
  const isAdjusted = adjusted !== undefined;
  return [
    textTable(
      ['question', 'verdict', ...(isAdjusted ? ['adjusted'] : []), 'overall', 'why'],
      summary.per_question.map(({ question_id, verdict, adjusted_verdict, final_aggregate: aggregate, error }) => [
        plain(question_id),
        verdict,
        ...(isAdjusted ? [adjusted_verdict ?? ''] : []),
        aggregate?.overall === undefined ? '' : String(aggregate.overall),
        plain(error ?? (verdict === 'pass' ? '' : (aggregate?.verdictMessage ?? ''))),
      ]),
    ),
    '',
    textTable(
      counts.map(([name]) => name),
      [counts.map(([, count]) => String(count))],
    ),
    ...(beyond === 0 ? [] : [`${formatAmount(beyond, 'row')} beyond the limit, not scored`]),
    ...(agreement === undefined ? [] : [tellAgreement(agreement)]),
    ...(calibration === undefined ? [] : ['', tellCalibration(calibration)]),
    `cost: estimated ${formatUsd(summary.est_cost_usd)}, settled ${formatUsd(summary.actual_cost_usd ?? 0)}, ${capUsd === null ? 'no cap' : `cap ${formatUsd(capUsd)}`}`,
    '',
    `${summary.verdict}${adjusted === undefined ? '' : `; adjusted by the calibration: ${adjusted.verdict}`}`,
  ].join('\n');
}
