import { z } from 'zod';
import { benchGatesSchema } from './bench-model-summary.ts';
import { bt29StateSchema } from './trust-ledger.ts';
import { COMPARABILITY_STATES, MODEL_VERDICTS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const number = z.number().nullable();

/** One gate of a model. */
const gateSchema = z.strictObject({
  gate: z.string(),
  /** Null when it was not measured, or is no number. */
  value: number,
  /** Limit that counted in this run; null where the file does not record it. */
  limit: number,
  state: z.enum(['passed', 'failed', 'skipped']),
});

/** One retrieval mode. */
const modeSchema = z.strictObject({
  mode: z.string(),
  scored_count: number,
  hit_at_1: number,
  hit_at_3: number,
  hit_at_5: number,
  hit_at_10: number,
  mrr: number,
  ndcg_at_10: number,
  /** Smallest difference to a model not yet known that would be found; unpaired. */
  mde: z.strictObject({ form: z.literal('unpaired'), mrr: number, hit_at_1: number }),
});

const modelSchema = z.strictObject({
  model_id: z.string(),
  card_digest: z.string().nullable(),
  /** Null in older files, which record tier 0 alone. */
  verdict: z.enum(MODEL_VERDICTS).nullable(),
  is_tier0_passed: z.boolean().nullable(),
  bt29: bt29StateSchema,
  failed_gates: z.array(z.string()),
  skipped_gates: z.array(z.string()),
  notes: z.array(z.string()),
  errors: z.array(z.string()),
  gates: z.array(gateSchema),
  /** What is reported beside the gates. */
  reported: benchGatesSchema
    .pick({
      latency_p50_ms: true,
      latency_p99_ms: true,
      self_consistency_min: true,
    })
    .extend({ main_attempts: number, sc_attempts: number, trivial_summaries: number }),
  call_errors: z.array(z.strictObject({ kind: z.string(), count })),
  modes: z.array(modeSchema),
  /** floor(0.02 x scored questions of the headline mode): how many may flip within the budget of BT-29. Null without any. */
  budget_flips: count.nullable(),
  per_source: z.array(
    z.strictObject({
      source: z.string(),
      n: number,
      small: z.boolean(),
      schema_validity_rate: number,
      refusal_rate: number,
      latency_p95_ms: number,
      mode: z.string(),
      scored_count: number,
      mrr: number,
      hit_at_1: number,
    }),
  ),
  judge: z.strictObject({ mean: number, scored: number, missing: number, reason: z.string().nullable() }).nullable(),
  repeated_calls: number,
});

/** `bench-summary/1`: what `lauter bench summary --json` prints of one run file. Null wherever the file says nothing. */
export const benchSummarySchema = z.strictObject({
  schema: z.literal('bench-summary/1'),
  path: z.string(),
  sha256: z.string(),
  run_id: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  corpus_version: z.string().nullable(),
  eval_qa_version: z.string().nullable(),
  embedding_model: z.string().nullable(),
  temperature: number,
  judge_model: z.string().nullable(),
  comparability: z.strictObject({ status: z.enum(COMPARABILITY_STATES), key: z.string().nullable() }),
  headline_mode: z.string(),
  /** False without a `run_end`. */
  is_complete: z.boolean(),
  end_reason: z.string().nullable(),
  exit_code: number,
  is_resumed: z.boolean().nullable(),
  paused_seconds: number,
  interruptions: z.array(z.strictObject({ at: z.string().nullable(), kind: z.string() })),
  models: z.array(modelSchema),
  warnings: z.array(z.string()),
});

export type BenchSummary = z.infer<typeof benchSummarySchema>;
export type SummarizedModel = z.infer<typeof modelSchema>;
