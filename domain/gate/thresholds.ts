import type { BaselineHeader } from '../../schemas/baseline.ts';
import type { CorrectnessThresholds, RegressionThresholds } from '../../schemas/gate-report.ts';

/** Limits that a baseline carries. */
export type CarriedThresholds = Pick<RegressionThresholds, 'jaccard' | 'top1' | 'latency_multiplier'>;

/** What a command line says; what it leaves out is undefined. */
export type Given<Limits> = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };

const CARRIED: CarriedThresholds = { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 };
const LATENCY_FLOOR_MS = 50;
const CORRECTNESS: CorrectnessThresholds = { recall_at_k: 0.7, first_relevant_hit: 0.6, expected_top1: 0.5 };

/** The limits that a baseline is published with. */
export function carriedThresholds(given: Given<CarriedThresholds>): CarriedThresholds {
  return {
    jaccard: given.jaccard ?? CARRIED.jaccard,
    top1: given.top1 ?? CARRIED.top1,
    latency_multiplier: given.latency_multiplier ?? CARRIED.latency_multiplier,
  };
}

/** The limits of the regression gate: the command line counts first, then the header of the baseline, then what is built in. */
export function regressionThresholds(given: Given<RegressionThresholds>, carried: BaselineHeader['thresholds']): RegressionThresholds {
  return {
    jaccard: given.jaccard ?? carried?.jaccard ?? CARRIED.jaccard,
    top1: given.top1 ?? carried?.top1 ?? CARRIED.top1,
    latency_multiplier: given.latency_multiplier ?? carried?.latency_multiplier ?? CARRIED.latency_multiplier,
    latency_floor_ms: given.latency_floor_ms ?? LATENCY_FLOOR_MS,
  };
}

/** The limits of the correctness gate: the command line, or what is built in. */
export function correctnessThresholds(given: Given<CorrectnessThresholds>): CorrectnessThresholds {
  return {
    recall_at_k: given.recall_at_k ?? CORRECTNESS.recall_at_k,
    first_relevant_hit: given.first_relevant_hit ?? CORRECTNESS.first_relevant_hit,
    expected_top1: given.expected_top1 ?? CORRECTNESS.expected_top1,
  };
}
