import type { BenchJudgeRow, BenchModelRow, BenchSourceRow } from '../../../schemas/bench-results.ts';
import type { ModelVerdict } from '../../../schemas/vocabulary.ts';
import { cardDigestOf } from '../../shared/model-card.ts';
import { isObject, type JsonObject } from '../../shared/json.ts';
import { jsonOf, listOf, numberOf, objectOf, textOf, wholeOf, yesNoOf } from './field-values.ts';

/** The row of `bench_models` for a summary. */
export function modelRow(runId: string, modelId: string, summary: JsonObject): BenchModelRow {
  const gates = objectOf(summary.gates);
  const tier0 = objectOf(summary.tier0_verdict);
  const judge = objectOf(summary.judge);
  const proxy = objectOf(summary.downstream_proxy);
  return {
    run_id: runId,
    model_id: modelId,
    events_attempted: wholeOf(summary.events_attempted),
    attempts_total: wholeOf(summary.attempts_total),
    schema_validity_rate: numberOf(gates.schema_validity_rate),
    refusal_rate: numberOf(gates.refusal_rate),
    echo_similarity_max: numberOf(gates.echo_similarity_max),
    latency_p95_ms: numberOf(gates.latency_p95_ms),
    self_consistency_mean: numberOf(gates.self_consistency_mean),
    entity_sanity_mean: numberOf(gates.entity_sanity_mean),
    latency_p50_ms: numberOf(gates.latency_p50_ms),
    latency_p99_ms: numberOf(gates.latency_p99_ms),
    self_consistency_min: numberOf(gates.self_consistency_min),
    trivial_summary_count: wholeOf(gates.trivial_summary_count),
    main_attempts_count: wholeOf(gates.main_attempts_count),
    sc_attempts_count: wholeOf(gates.sc_attempts_count),
    call_error_rate: jsonOf(gates.call_error_rate),
    call_errors: jsonOf(summary.call_errors),
    verdict: storedVerdict(summary),
    failed_gates: jsonOf(tier0.failed_gates),
    skipped_gates: jsonOf(tier0.skipped_gates),
    notes: jsonOf(tier0.notes),
    errors: jsonOf(summary.errors),
    timeout_during_drain: yesNoOf(summary.timeout_during_drain),
    prod_restart: yesNoOf(summary.prod_brain_restarted_during_bench),
    queue: jsonOf(summary.queue),
    repeated_calls: wholeOf(summary.repeated_calls),
    card_before: cardDigestOf(summary.model_card_before),
    card_after: cardDigestOf(summary.model_card_after),
    qa_count: wholeOf(proxy.qa_count),
    modes: jsonOf(proxy.modes),
    adversarial: jsonOf(summary.adversarial),
    judge_mean: numberOf(judge.mean),
    judge_dimension_means: jsonOf(judge.dimension_means),
    judge_scored: wholeOf(judge.scored),
    judge_missing: wholeOf(judge.missing),
  };
}

/** The rows of `bench_sources`, by source and mode. */
export function sourceRows(runId: string, modelId: string, summary: JsonObject): BenchSourceRow[] {
  const parts = objectOf(summary.per_source);
  return Object.keys(parts)
    .sort()
    .flatMap((source) => {
      const part = objectOf(parts[source]);
      const modes = objectOf(part.modes);
      const names = Object.keys(modes).sort();
      return (names.length === 0 ? [''] : names).map((mode) => {
        const means = objectOf(modes[mode]);
        return {
          run_id: runId,
          model_id: modelId,
          source: source.toWellFormed(),
          mode: mode.toWellFormed(),
          n: wholeOf(part.n),
          gates: jsonOf(part.gates),
          scored_count: wholeOf(means.scored_count),
          hit_at_1: numberOf(means.hit_at_1),
          hit_at_3: numberOf(means.hit_at_3),
          hit_at_5: numberOf(means.hit_at_5),
          hit_at_10: numberOf(means.hit_at_10),
          mrr: numberOf(means.mrr),
          ndcg_at_10: numberOf(means.ndcg_at_10),
        };
      });
    });
}

/** The rows of `bench_judge`, by event; `skipped` counts items without one. */
export function judgeRows(runId: string, modelId: string, summary: JsonObject): { rows: BenchJudgeRow[]; skipped: number } {
  const byEvent = new Map<string, BenchJudgeRow>();
  let skipped = 0;
  for (const item of listOf(objectOf(summary.judge).per_item)) {
    const eventId = isObject(item) ? textOf(item.event_id) : null;
    if (!isObject(item) || eventId === null || eventId === '') {
      skipped += 1;
      continue;
    }
    const { accuracy, usefulness, ask_suitability } = objectOf(item.scores);
    const scores = { accuracy: numberOf(accuracy), usefulness: numberOf(usefulness), ask_suitability: numberOf(ask_suitability) };
    byEvent.set(eventId, { run_id: runId, model_id: modelId, event_id: eventId, ...scores, mean: numberOf(item.mean) });
  }
  return { rows: [...byEvent.keys()].sort().map((id) => byEvent.get(id)!), skipped };
}

const GATED = [
  'schema_validity_rate',
  'refusal_rate',
  'echo_similarity_max',
  'latency_p95_ms',
  'self_consistency_mean',
  'entity_sanity_mean',
];

/** A summary without gates is that of a model whose pass broke off. A gate that is no number failed, whatever the file says. Older files say it by tier 0 alone. */
function storedVerdict({ gates, verdict, tier0_verdict: tier0 }: JsonObject): ModelVerdict {
  const values = objectOf(gates);
  if (Object.keys(values).length === 0) return 'FAIL';
  const isStray = GATED.some((gate) => values[gate] !== undefined && values[gate] !== null && numberOf(values[gate]) === null);
  if (isStray) return 'FAIL';
  if (verdict === 'INCONCLUSIVE') return verdict;
  const isPassed =
    verdict === undefined || verdict === null ? objectOf(tier0).passed === true : verdict === 'PASS' && objectOf(tier0).passed !== false;
  return isPassed ? 'PASS' : 'FAIL';
}
