import type { BenchAttempt } from '../../../schemas/bench-attempt.ts';
import type { BenchGates } from '../../../schemas/bench-model-summary.ts';
import type { CallErrorKind, EventStratum } from '../../../schemas/vocabulary.ts';
import { percentile } from '../../stats/percentile.ts';
import { meanSanity } from './entity-sanity.ts';
import type { SelfConsistency } from './self-consistency.ts';

/** What the gates look at in a call. */
export type MeasuredAttempt = Pick<BenchAttempt, 'event' | 'purpose' | 'stratum' | 'timestamps' | 'gates' | 'timeout' | 'call_error_kind'>;

/**
 * The gate values of a model's calls about the events of one stratum. Rates and latencies are those of the main pass; a failed call is an invalid answer,
 * and stays out of everything else. What nothing was measured for is null, but the validity of no answers is 0.
 */
export function measureGates(
  attempts: readonly MeasuredAttempt[],
  consistency: Pick<SelfConsistency, 'mean' | 'min'>,
  stratum: EventStratum = 'base',
): BenchGates {
  const main = mainCalls(attempts, stratum);
  const completed = main.filter((attempt) => failureOf(attempt) === null);
  const latencies = completed.flatMap(({ timestamps: { total_ms } }) => (total_ms === null ? [] : [total_ms]));
  const echoes = completed.flatMap(({ gates: { echo_similarity } }) => (echo_similarity === null ? [] : [echo_similarity]));
  const sanities = completed.flatMap(({ gates }) => meanSanity(gates.entity_type_sanity) ?? []);
  return {
    schema_validity_rate: main.length === 0 ? 0 : completed.filter(({ gates }) => gates.schema_valid).length / main.length,
    refusal_rate:
      completed.length === 0 ? null : completed.filter(({ gates }) => gates.refusal_detected === true).length / completed.length,
    echo_similarity_max: echoes.length === 0 ? null : echoes.reduce((most, echo) => Math.max(most, echo)),
    latency_p95_ms: percentile(latencies, 95),
    self_consistency_mean: consistency.mean,
    entity_sanity_mean: sanities.length === 0 ? null : sanities.reduce((sum, sanity) => sum + sanity) / sanities.length,
    latency_p50_ms: percentile(latencies, 50),
    latency_p99_ms: percentile(latencies, 99),
    self_consistency_min: consistency.min,
    trivial_summary_count: completed.filter(({ gates }) => gates.trivial_summary === true).length,
    call_error_rate: divide(countCallErrors(main), main.length),
    main_attempts_count: main.length,
    sc_attempts_count: attempts.filter((attempt) => attempt.stratum === stratum && attempt.purpose === 'self_consistency').length,
  };
}

/** Number of calls that failed, for each reason that occurred. */
export function countCallErrors(attempts: readonly MeasuredAttempt[]): Partial<Record<CallErrorKind, number>> {
  const counts: Partial<Record<CallErrorKind, number>> = {};
  for (const kind of attempts.map(failureOf)) if (kind !== null) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const INFRASTRUCTURE: ReadonlySet<CallErrorKind> = new Set(['connection', 'http_429', 'http_5xx']);

/** True when more than half of the main calls about base events that have no valid answer failed on their way to the model: not the model is to blame then. */
export function isMostlyInfrastructure(attempts: readonly MeasuredAttempt[]): boolean {
  const failures = mainCalls(attempts, 'base')
    .map((attempt) => ({ kind: failureOf(attempt), isValid: attempt.gates.schema_valid }))
    .filter(({ kind, isValid }) => kind !== null || !isValid);
  return failures.filter(({ kind }) => kind !== null && INFRASTRUCTURE.has(kind)).length * 2 > failures.length;
}

function mainCalls(attempts: readonly MeasuredAttempt[], stratum: EventStratum): MeasuredAttempt[] {
  return attempts.filter((attempt) => attempt.stratum === stratum && attempt.purpose === 'main');
}

/** Why a call brought no answer; null when it did. Some recorders only say that it failed. */
function failureOf({ call_error_kind, timeout, gates }: MeasuredAttempt): CallErrorKind | null {
  if (call_error_kind !== null) return call_error_kind;
  if (timeout) return 'timeout';
  return gates.call_error === null ? null : 'protocol';
}

function divide(counts: Partial<Record<CallErrorKind, number>>, all: number): Partial<Record<CallErrorKind, number>> {
  return Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, count / all]));
}
