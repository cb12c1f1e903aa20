import type { Breach, RegressionThresholds } from '../../schemas/gate-report.ts';
import type { ReplaySummary } from '../../schemas/replay-report.ts';
import { judgeShare } from './judge-share.ts';

/** What a replay breaches, and how much slower searches became. */
export interface RegressionJudgement {
  readonly breaches: readonly Breach[];
  /** (mean of the baseline + mean change) / mean of the baseline; null where it cannot be told. */
  readonly latencyRatio: number | null;
  readonly isLatencySkipped: boolean;
}

/** What a replay is judged by beside its numbers. */
export interface RegressionEvidence {
  /** Mean latency of the baseline, in milliseconds; latency is not judged unless it is a positive number. */
  readonly baselineMeanMs: number | null;
  /** True when every search came back empty: equal to a baseline of nothing, and yet no evidence. */
  readonly hasFoundNothing: boolean;
  /** End of what the last search that threw said. */
  readonly lastError: string | null;
  readonly isDegradedAllowed: boolean;
}

/** Holds a replay against its limits. A row that errored counts as 0; what is null or not a number is a breach, never a pass. */
export function judgeRegression(summary: ReplaySummary, limits: RegressionThresholds, evidence: RegressionEvidence): RegressionJudgement {
  const { baselineMeanMs, hasFoundNothing, lastError, isDegradedAllowed } = evidence;
  const isLatencySkipped = baselineMeanMs === null || !Number.isFinite(baselineMeanMs) || baselineMeanMs <= 0;
  const latency = isLatencySkipped ? null : judgeLatency(summary.mean_latency_delta_ms, baselineMeanMs, limits);
  const breaches: (Breach | null)[] = [
    summary.rows_errored === 0
      ? null
      : { metric: 'rows_errored', observed: summary.rows_errored, threshold: 0, ...tail(lastError), failure_origin: 'result' },
    isDegradedAllowed || summary.rows_degraded === 0
      ? null
      : { metric: 'rows_degraded', observed: summary.rows_degraded, threshold: 0, reason: 'degraded', failure_origin: 'system' },
    summary.rows_replayed > 0 ? null : { metric: 'no_rows_replayed', observed: 0, threshold: 1, failure_origin: 'result' },
    judgeJaccard(summary, limits, hasFoundNothing),
    judgeShare('top1_stability_rate', summary.top1_stability_strict, limits.top1),
    latency?.breach ?? null,
  ];
  return { breaches: breaches.filter((breach) => breach !== null), latencyRatio: latency?.ratio ?? null, isLatencySkipped };
}

function tail(message: string | null): { error_tail?: string } {
  return message === null ? {} : { error_tail: message };
}

function judgeJaccard({ mean_jaccard_strict }: ReplaySummary, { jaccard }: RegressionThresholds, hasFoundNothing: boolean): Breach | null {
  const breach = judgeShare('mean_jaccard', mean_jaccard_strict, jaccard);
  if (!hasFoundNothing) return breach;
  return { metric: 'mean_jaccard', observed: mean_jaccard_strict, threshold: jaccard, reason: 'nothing_found', failure_origin: 'result' };
}

function judgeLatency(
  deltaMs: number | null,
  baselineMs: number,
  { latency_multiplier, latency_floor_ms }: RegressionThresholds,
): { readonly ratio: number | null; readonly breach: Breach | null } {
  const ratio = deltaMs === null ? null : (baselineMs + deltaMs) / baselineMs;
  const breach: Breach = { metric: 'latency_ratio', observed: ratio, threshold: latency_multiplier, failure_origin: 'result' };
  if (ratio === null || deltaMs === null) return { ratio, breach };
  // A floor of 0 means the bare ratio, also for a multiplier below 1, where searches that became faster may be too slow.
  const isNoise = latency_floor_ms > 0 && deltaMs <= latency_floor_ms;
  return { ratio, breach: ratio <= latency_multiplier || isNoise ? null : breach };
}
