import { z } from 'zod';
import { systemLoadSchema } from './bench-attempt.ts';
import { BENCH_MODES, CALL_ERROR_KINDS, JUDGE_DIMENSIONS, MODEL_VERDICTS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const share = z.number().min(0).max(1);
const nothing = z.strictObject({});

/** The gated values and those reported beside them; null where nothing was measured. */
export const benchGatesSchema = z.strictObject({
  schema_validity_rate: share.nullable(),
  refusal_rate: share.nullable(),
  echo_similarity_max: share.nullable(),
  latency_p95_ms: z.number().nonnegative().nullable(),
  self_consistency_mean: z.number().min(-1).max(1).nullable(),
  entity_sanity_mean: share.nullable(),
  latency_p50_ms: z.number().nonnegative().nullable(),
  latency_p99_ms: z.number().nonnegative().nullable(),
  self_consistency_min: z.number().min(-1).max(1).nullable(),
  trivial_summary_count: count,
  /** Of all main attempts, the share that failed for each reason; a reason that never occurred is left out. */
  call_error_rate: z.partialRecord(z.enum(CALL_ERROR_KINDS), share),
  main_attempts_count: count,
  sc_attempts_count: count,
});

/** The means of one retrieval mode over its scored items; with `scored_count` 0 nothing was measured and every mean is null. */
export const retrievalMeansSchema = z.strictObject({
  hit_at_1: share.nullable(),
  hit_at_3: share.nullable(),
  hit_at_5: share.nullable(),
  hit_at_10: share.nullable(),
  mrr: share.nullable(),
  ndcg_at_10: share.nullable(),
  scored_count: count,
});

/** One question in one mode. `rank` is null when no golden was found; `mrr` is the item's reciprocal rank. */
export const retrievalItemSchema = z.strictObject({
  qa_id: z.string().min(1),
  /** The golden, or the first of several. */
  golden_event_id: z.string().nullable(),
  mode: z.enum(BENCH_MODES),
  rank: z.number().int().positive().nullable(),
  mrr: share,
  ndcg_at_10: share,
  hit_at_k: z.strictObject({
    '1': z.literal([0, 1]),
    '3': z.literal([0, 1]),
    '5': z.literal([0, 1]),
    '10': z.literal([0, 1]),
  }),
});

const modesSchema = z.partialRecord(z.enum(BENCH_MODES), retrievalMeansSchema);

const downstreamProxySchema = z.strictObject({
  modes: modesSchema,
  qa_count: count,
  k: z.number().int().positive(),
  per_item: z.array(retrievalItemSchema),
});

/** The numbers of one part of the events: those of a source, or of the overlay. */
export const benchPartSchema = z.strictObject({ gates: z.union([benchGatesSchema, nothing]), modes: modesSchema, n: count });

/** The numbers of one source; `small` marks those of too few events to be read as more than an anecdote. */
export const benchSourcePartSchema = benchPartSchema.extend({ small: z.boolean() });

const judgeScore = z.number().int().min(1).max(5);
const judgeMean = z.number().min(1).max(5);

/** What the judge said about a seeded sample; `mean` is null when too little was scored or a canary passed, and `reason` says which. */
export const judgeResultSchema = z.strictObject({
  mean: judgeMean.nullable(),
  dimension_means: z.partialRecord(z.enum(JUDGE_DIMENSIONS), judgeMean.nullable()),
  scored: count,
  missing: count,
  per_item: z.array(
    z.strictObject({
      event_id: z.string().min(1),
      scores: z.partialRecord(z.enum(JUDGE_DIMENSIONS), judgeScore),
      mean: judgeMean.nullable(),
    }),
  ),
  reason: z.string().nullable(),
});

/** The card of a model as the server shows it. `digest` is null where the card has none: `raw_sha256` then says which model it is. */
export const modelCardSchema = z.strictObject({
  digest: z.string().min(1).nullable(),
  raw_sha256: sha256Hex,
  id: z.string().min(1),
  quantization: z.string().nullable(),
  context_length: z.number().int().positive().nullable(),
});

/** Line `model_summary` of a run file: what a run says about one model. */
export const modelSummarySchema = z.strictObject({
  record_type: z.literal('model_summary'),
  run_id: z.string().min(1),
  model: z.strictObject({ id: z.string().min(1) }),
  events_attempted: count,
  attempts_total: count,
  /** Empty when the model's pass broke off before anything could be counted. */
  gates: z.union([benchGatesSchema, nothing]),
  system_peak: z.union([systemLoadSchema, nothing]),
  tier0_verdict: z.strictObject({
    /** True only for PASS. */
    passed: z.boolean(),
    failed_gates: z.array(z.string()),
    skipped_gates: z.array(z.string()),
    notes: z.array(z.string()),
  }),
  cooldown_timeout: z.boolean(),
  process_ready_ms: z.number().nonnegative().nullable(),
  queue_drain_wall_clock_sec: z.number().nonnegative().nullable(),
  /** Empty when retrieval was not measured. */
  downstream_proxy: z.union([downstreamProxySchema, nothing]),
  prod_brain_restarted_during_bench: z.boolean(),
  timeout_during_drain: z.boolean(),
  errors: z.array(z.strictObject({ step: z.string(), type: z.string(), error: z.string() })),
  verdict: z.enum(MODEL_VERDICTS),
  per_source: z.record(z.string(), benchSourcePartSchema),
  adversarial: z.union([benchPartSchema, nothing]),
  judge: judgeResultSchema.nullable(),
  /** Failed calls of every purpose, by reason. */
  call_errors: z.partialRecord(z.enum(CALL_ERROR_KINDS), count),
  queue: z.strictObject({ pending: count, processing: count, done: count, failed: count, skipped: count }).nullable(),
  model_card_before: modelCardSchema.nullable(),
  model_card_after: modelCardSchema.nullable(),
  /** Calls that a resume had to make again. */
  repeated_calls: count,
  /** As it is printed: `BT-29 deferred`, or the ledger row that says more. */
  bt29_state: z.string().min(1),
});

export type BenchGates = z.infer<typeof benchGatesSchema>;
export type RetrievalMeans = z.infer<typeof retrievalMeansSchema>;
export type RetrievalItem = z.infer<typeof retrievalItemSchema>;
export type BenchPart = z.infer<typeof benchPartSchema>;
export type BenchSourcePart = z.infer<typeof benchSourcePartSchema>;
export type JudgeResult = z.infer<typeof judgeResultSchema>;
export type ModelCard = z.infer<typeof modelCardSchema>;
export type ModelSummary = z.infer<typeof modelSummarySchema>;
