import { z } from 'zod';
import { MODEL_VERDICTS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const text = z.string().nullable();
const number = z.number().nullable();
const yesNo = z.boolean().nullable();
const bit = z.literal([0, 1]);
/** A nested value as JSON text. */
const json = z.string().nullable();

/** Table `bench_runs`, key run_id: what a run file says about the whole run. Null where it says nothing. */
export const benchRunRowSchema = z.strictObject({
  run_id: z.string().min(1),
  schema: text,
  started_at_iso: text,
  /** Of `run_end`, where there is one. */
  finished_at_iso: text,
  bench_version: text,
  host: json,
  preflight_checks: json,
  candidate_models: json,
  corpus_version: text,
  corpus_content_hash: text,
  corpus_schema_version: text,
  eval_qa_version: text,
  embedding_model: text,
  gate_thresholds: json,
  self_consistency_spec: json,
  inference_backend_version: text,
  host_baseline: json,
  prod_state_at_start: json,
  sweep_id: text,
  sweep_index: number,
  overlay_hash: text,
  qa_content_hash: text,
  qa_total: number,
  qa_scoreable: number,
  qa_filtered_count: number,
  prompt_hash: text,
  tuning: json,
  tuning_hash: text,
  comparability_key: text,
  temperature: number,
  top_p: number,
  max_tokens: number,
  sampling_seed_mode: text,
  seeds: json,
  inference_url: text,
  judge: json,
  git_commit: text,
  git_dirty: yesNo,
  lease: json,
  slot_token: text,
  /** False without a `run_end`; the fields from here to `exit_code` are its own. */
  is_complete: z.boolean(),
  models_completed: json,
  models_errored: json,
  reason: text,
  prod_brain_resumed_ok: yesNo,
  models_with_prod_restart_event: json,
  interruptions: json,
  paused_seconds: number,
  exit_code: number,
  /** Where the file lay when it was imported, and the sha256 of its bytes. */
  source_file: z.string(),
  file_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  imported_at_ms: count,
});

/** Table `bench_models`, key (run_id, model_id): what a run says about a model. */
export const benchModelRowSchema = z.strictObject({
  run_id: z.string().min(1),
  model_id: z.string().min(1),
  events_attempted: number,
  attempts_total: number,
  schema_validity_rate: number,
  refusal_rate: number,
  echo_similarity_max: number,
  latency_p95_ms: number,
  self_consistency_mean: number,
  entity_sanity_mean: number,
  latency_p50_ms: number,
  latency_p99_ms: number,
  self_consistency_min: number,
  trivial_summary_count: number,
  main_attempts_count: number,
  sc_attempts_count: number,
  call_error_rate: json,
  call_errors: json,
  verdict: z.enum(MODEL_VERDICTS),
  failed_gates: json,
  skipped_gates: json,
  notes: json,
  errors: json,
  timeout_during_drain: yesNo,
  prod_restart: yesNo,
  queue: json,
  repeated_calls: number,
  card_before: text,
  card_after: text,
  qa_count: number,
  /** Means of each retrieval mode. */
  modes: json,
  adversarial: json,
  judge_mean: number,
  judge_dimension_means: json,
  judge_scored: number,
  judge_missing: number,
});

/** Table `bench_sources`, key (run_id, model_id, source, mode): the numbers of one source. Mode is empty for a source without retrieval. */
export const benchSourceRowSchema = z.strictObject({
  run_id: z.string().min(1),
  model_id: z.string().min(1),
  source: z.string(),
  mode: z.string(),
  n: number,
  gates: json,
  scored_count: number,
  hit_at_1: number,
  hit_at_3: number,
  hit_at_5: number,
  hit_at_10: number,
  mrr: number,
  ndcg_at_10: number,
});

/** Table `bench_enrichment`, key (run_id, model_id, event_id): the main attempt at an event. */
export const benchEnrichmentRowSchema = z.strictObject({
  run_id: z.string().min(1),
  model_id: z.string().min(1),
  event_id: z.string().min(1),
  source: text,
  stratum: text,
  schema_valid: yesNo,
  refusal_detected: yesNo,
  echo_similarity: number,
  entity_type_sanity: json,
  total_ms: number,
  timeout: yesNo,
  call_error_kind: text,
  parsed_output: json,
});

/** Table `bench_retrieval`, key (run_id, model_id, qa_id, mode): one question in one mode. */
export const benchRetrievalRowSchema = z.strictObject({
  run_id: z.string().min(1),
  model_id: z.string().min(1),
  qa_id: z.string().min(1),
  mode: z.string().min(1),
  golden_event_id: text,
  /** Source of the golden event, where an attempt of the file tells it. */
  source: text,
  rank: number,
  rr: z.number().min(0).max(1),
  hit_at_1: bit,
  hit_at_3: bit,
  hit_at_5: bit,
  hit_at_10: bit,
  ndcg_at_10: z.number().min(0).max(1),
});

/** Table `bench_judge`, key (run_id, model_id, event_id): what the judge said about one answer. */
export const benchJudgeRowSchema = z.strictObject({
  run_id: z.string().min(1),
  model_id: z.string().min(1),
  event_id: z.string().min(1),
  accuracy: number,
  usefulness: number,
  ask_suitability: number,
  mean: number,
});

export type BenchRunRow = z.infer<typeof benchRunRowSchema>;
export type BenchModelRow = z.infer<typeof benchModelRowSchema>;
export type BenchSourceRow = z.infer<typeof benchSourceRowSchema>;
export type BenchEnrichmentRow = z.infer<typeof benchEnrichmentRowSchema>;
export type BenchRetrievalRow = z.infer<typeof benchRetrievalRowSchema>;
export type BenchJudgeRow = z.infer<typeof benchJudgeRowSchema>;

/** The rows of one run, table by table, each in the order of its key. */
export interface BenchResultSet {
  readonly bench_runs: readonly BenchRunRow[];
  readonly bench_models: readonly BenchModelRow[];
  readonly bench_sources: readonly BenchSourceRow[];
  readonly bench_enrichment: readonly BenchEnrichmentRow[];
  readonly bench_retrieval: readonly BenchRetrievalRow[];
  readonly bench_judge: readonly BenchJudgeRow[];
}
export type BenchTable = keyof BenchResultSet;
