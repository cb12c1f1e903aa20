import type { Breach, CorrectnessSummary, CorrectnessThresholds } from '../../schemas/gate-report.ts';
import { judgeShare } from './judge-share.ts';

/** Holds what was found against what is known to be right. A query that errored counts as 0; what is null or not a number is a breach. */
export function judgeCorrectness(
  summary: CorrectnessSummary,
  limits: CorrectnessThresholds,
  { lastError, isDegradedAllowed }: { readonly lastError: string | null; readonly isDegradedAllowed: boolean },
): Breach[] {
  const { queries_errored, queries_degraded, expected_top1_denominator } = summary;
  const breaches: (Breach | null)[] = [
    queries_errored === 0
      ? null
      : {
          metric: 'queries_errored',
          observed: queries_errored,
          threshold: 0,
          ...(lastError === null ? {} : { error_tail: lastError }),
          failure_origin: 'result',
        },
    isDegradedAllowed || queries_degraded === 0
      ? null
      : { metric: 'queries_degraded', observed: queries_degraded, threshold: 0, reason: 'degraded', failure_origin: 'system' },
    judgeShare('mean_recall_at_k', summary.mean_recall_at_k_strict, limits.recall_at_k),
    judgeShare('first_relevant_hit_rate', summary.first_relevant_hit_rate, limits.first_relevant_hit),
    expected_top1_denominator === 0 ? null : judgeShare('expected_top1_hit_rate', summary.expected_top1_hit_rate, limits.expected_top1),
  ];
  return breaches.filter((breach) => breach !== null);
}
