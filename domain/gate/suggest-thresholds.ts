import type { GateReport } from '../../schemas/gate-report.ts';
import type { PublishReport } from '../../schemas/publish-report.ts';
import { percentile } from '../stats/percentile.ts';

/**
 * Limits that nine in ten of the passing runs would pass: the 10th percentile of the strict figures, and for latency, where more is worse, the 90th.
 * Null when no run passed with a regression gate. A run without a latency ratio counts as one that changed nothing.
 */
export function suggestThresholds(
  runs: readonly Pick<GateReport, 'verdict' | 'regression_gate'>[],
): PublishReport['suggested_thresholds'] | null {
  const passing = runs.filter(({ verdict }) => verdict === 'pass').map(({ regression_gate }) => regression_gate);
  const summaries = passing.flatMap(({ summary }) => summary ?? []);
  const jaccard = percentile(finite(summaries.map(({ mean_jaccard_strict }) => mean_jaccard_strict)), 10);
  const top1 = percentile(finite(summaries.map(({ top1_stability_strict }) => top1_stability_strict)), 10);
  const latency_multiplier = percentile(finite(passing.map(({ latency_ratio }) => latency_ratio ?? 1)), 90);
  if (jaccard === null || top1 === null || latency_multiplier === null) return null;
  return { jaccard, top1, latency_multiplier, runs: runs.length, passing_runs: summaries.length };
}

function finite(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null && Number.isFinite(value)) as number[];
}
