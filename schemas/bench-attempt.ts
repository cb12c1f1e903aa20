import { z } from 'zod';
import { ATTEMPT_PURPOSES, CALL_ERROR_KINDS, EVENT_STRATA } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const share = z.number().min(0).max(1);

/** The load of the machine at one moment, or its peak over a model's pass; null where it was not measured. */
export const systemLoadSchema = z.strictObject({
  inference_rss_mb: z.number().nonnegative().nullable(),
  inference_cpu_pct: z.number().nonnegative().nullable(),
  load_avg_1m: z.number().nonnegative().nullable(),
  mem_free_mb: z.number().nonnegative().nullable(),
});

/** What was found in one output. A call that failed has no output, so nothing was found in it: nulls, and the check of the schema says no. */
export const attemptGatesSchema = z.strictObject({
  schema_valid: z.boolean(),
  schema_errors: z.array(z.string()),
  refusal_detected: z.boolean().nullable(),
  refusal_patterns_matched: z.array(z.string()),
  trivial_summary: z.boolean().nullable(),
  echo_similarity: share.nullable(),
  /** Share of sane values for each category that the output names. */
  entity_type_sanity: z.strictObject({ files: share.optional(), tools: share.optional(), projects: share.optional() }),
  /** What went wrong with the call, without its text; null when it came back. */
  call_error: z.string().nullable(),
});

/** Line `attempt` of a run file: one call of a model. */
export const benchAttemptSchema = z.strictObject({
  record_type: z.literal('attempt'),
  run_id: z.string().min(1),
  model: z.strictObject({ id: z.string().min(1) }),
  event: z.strictObject({ event_id: z.string().min(1), source: z.string().min(1), content_hash: sha256Hex }),
  attempt_idx: count,
  purpose: z.enum(ATTEMPT_PURPOSES),
  timestamps: z.strictObject({
    /** Milliseconds since 1970. */
    start_ts_ms: count,
    /** From the start to the first token; null where the answer came as a whole. */
    ttft_ms: z.number().nonnegative().nullable(),
    /** From the start to the end; null where the call did not come back. */
    total_ms: z.number().nonnegative().nullable(),
  }),
  /** Null when the call brought no answer. */
  raw_output: z.string().nullable(),
  parsed_output: z.record(z.string(), z.json()).nullable(),
  gates: attemptGatesSchema,
  system_snapshot: z.union([systemLoadSchema, z.strictObject({})]),
  timeout: z.boolean(),
  /** Of run, model, event, purpose, attempt, prompts and sampling settings: the key that a finished call is committed under. */
  idempotency_key: sha256Hex,
  call_error_kind: z.enum(CALL_ERROR_KINDS).nullable(),
  http_status: z.number().int().nullable(),
  finish_reason: z.string().nullable(),
  usage: z.strictObject({ prompt_tokens: count.nullable(), completion_tokens: count.nullable() }).nullable(),
  stratum: z.enum(EVENT_STRATA),
  /** True when a resume took it from the commit store. */
  reused: z.boolean(),
});

export type SystemLoad = z.infer<typeof systemLoadSchema>;
export type AttemptGates = z.infer<typeof attemptGatesSchema>;
export type BenchAttempt = z.infer<typeof benchAttemptSchema>;
