import type { CorrectnessSummary, GateReport } from '../../schemas/gate-report.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { ReplaySummary } from '../../schemas/replay-report.ts';
import type { SearchStats } from '../../schemas/search-stats.ts';

/** The metrics of a replay, as its summary names them. */
export const REPLAY_METRICS = [
  'mean_jaccard',
  'mean_jaccard_strict',
  'top1_stability_rate',
  'top1_stability_strict',
  'mean_rbo',
  'mean_latency_delta_ms',
  'p50_latency_ms',
  'p95_latency_ms',
  'rows_over_2x_latency',
  'rows_total',
  'rows_replayed',
  'rows_skipped',
  'rows_errored',
  'rows_degraded',
] as const satisfies readonly (keyof ReplaySummary)[];

/** The metrics of what is known to be right, as the gate's summary names them. */
export const CORRECTNESS_METRICS = [
  'mean_recall_at_k',
  'mean_recall_at_k_strict',
  'first_relevant_hit_rate',
  'expected_top1_hit_rate',
  'expected_top1_denominator',
  'queries_total',
  'queries_run',
  'queries_errored',
  'queries_degraded',
] as const satisfies readonly (keyof CorrectnessSummary)[];

/** The metrics of `lauter search stats`. */
export const SEARCH_STATS_METRICS = [
  'total_calls',
  'cache_hits',
  'cache_misses',
  'cache_hit_rate',
  'avg_results',
  'avg_tokens',
  'total_budget_dropped',
  'avg_rank1_score',
  'rank1_distribution',
  'empty_results',
  'coverage',
  'p50_latency_ms',
  'p95_latency_ms',
  'p99_latency_ms',
] as const satisfies readonly (keyof SearchStats)[];

/** The metrics that stand beside every comparison of arms. */
export const COMPARISON_METRICS = [
  'delta',
  'confidence_interval',
  'p_raw',
  'p_bonferroni',
  'p_holm',
  'smallest_p',
  'discordant',
  'mde',
] as const;

/** The metrics of the gates that were asked for. */
export function gateMetrics({ regression_gate: regression, correctness_gate: correctness }: GateReports): string[] {
  return [
    ...(regression.breaches === undefined ? [] : [...REPLAY_METRICS, 'latency_ratio']),
    ...(correctness.breaches === undefined ? [] : CORRECTNESS_METRICS),
  ];
}

type GateReports = Pick<GateReport, 'regression_gate' | 'correctness_gate'>;

/** The metrics of a run of LongMemEval: recall at the depths that were asked for, answers where they were judged, and all six outcomes. */
export function longMemEvalMetrics({ recall, qa_accuracy: accuracy, outcomes }: LongMemEvalFigures): string[] {
  const depths = recall.all_types.at.map(({ k }) => k);
  const recalls = ['recall_all', 'recall_any', 'mean_fraction'].flatMap((name) => depths.map((k) => `${name}@${k}`));
  return [
    ...recalls,
    'wilson_interval',
    ...(accuracy === null ? [] : ['qa_accuracy']),
    'mean_distinct_sessions',
    ...Object.keys(outcomes),
    ...['input_tokens', 'output_tokens', 'cost_usd'],
  ];
}

type LongMemEvalFigures = Pick<LongMemEvalReport, 'recall' | 'qa_accuracy' | 'outcomes'>;
