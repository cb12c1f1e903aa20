import { z } from 'zod';
import { DEGRADATIONS, LONGMEMEVAL_OUTCOMES, READER_MODES, SEARCH_INTENTS } from './vocabulary.ts';

const outcome = z.enum(LONGMEMEVAL_OUTCOMES);
const count = z.number().int().min(0);

/** By depth in distinct sessions. */
const byDepth = <Value extends z.ZodType>(value: Value) => z.record(z.string().regex(/^\d+$/), value);

const retrieved = z.object({
  slug: z.string(),
  chunk_id: z.number().int().nullable(),
  session_id: z.string(),
  rank: z.number().int().min(1),
  score: z.number(),
});

/** A question that was done, as Lauter writes it. Session ids are those of the dataset. What does not apply is null. */
export const longMemEvalRowSchema = z
  .strictObject({
    question_id: z.string(),
    question: z.string(),
    question_type: z.string(),
    answer: z.union([z.string(), z.number()]).nullable(),
    hypothesis: z.string(),
    outcome,
    abstention: z.boolean(),
    retrieved_session_ids: z.array(z.string()).describe('Distinct, in the order of their first passage.'),
    recall_hit: z.boolean().nullable().describe('Any gold session at all among what was retrieved.'),
    recall_all_hit: byDepth(z.boolean()).nullable(),
    recall_any_hit: byDepth(z.boolean()).nullable(),
    recall_fraction: byDepth(z.number()).nullable(),
    gold_total: count,
    gold_found: count,
    answer_session_ids: z.array(z.string()),
    gold_missing_from_haystack: z.array(z.string()),
    duplicate_sessions: z.array(z.string()),
    retrieved: z.array(retrieved),
    distinct_sessions_in_top_k: count,
    mode: z.string(),
    intent: z.enum(SEARCH_INTENTS),
    search_meta: z.object({
      vector_enabled: z.boolean(),
      expansion_applied: z.boolean(),
      degraded: z.array(z.enum(DEGRADATIONS)),
      reranked: z.boolean(),
      tokens: count.describe('Of the passages that were handed over.'),
      knob_hash: z.string(),
    }),
    retrieval_config_hash: z.string(),
    dataset_hash: z.string(),
    prompt_hash: z.string().nullable(),
    reader_model: z.string().nullable(),
    reader_model_snapshot: z.string().nullable(),
    reader_mode: z.enum(READER_MODES).nullable(),
    reader_prompt_version: z.string().nullable(),
    reader_prompt_sha: z.string().nullable(),
    reader_max_tokens: z.number().int().nullable(),
    reader_config_hash: z.string().nullable(),
    reader_finish_reason: z.string().nullable(),
    reader_context_chars: count.nullable(),
    reader_context_sessions: count.nullable(),
    reader_sessions_truncated: count.nullable(),
    judge_correct: z.boolean().nullable(),
    judge_error: z.string().nullable(),
    judge_skipped: z.string().nullable(),
    judge_model: z.string().nullable(),
    judge_model_snapshot: z.string().nullable(),
    judge_raw: z.string().nullable(),
    judge_cost_usd: z.number().nullable(),
    judge_attempts: count.nullable(),
    judge_prompt_version: z.string().nullable(),
    judge_config_hash: z.string().nullable(),
    usage: z.object({ input_tokens: count.nullable(), output_tokens: count.nullable() }).nullable(),
    cost_usd: z.number().nullable(),
    latency_ms: z.number(),
    trajectory_points: z.literal(0),
    entity_resolved: z.null(),
    resolution_source: z.null(),
    methodology_note: z.literal('lauter-no-extractor-v1'),
  })
  .meta({ title: 'LongMemEval row', description: 'What became of one question.' });

/** A question that was not done. */
export const longMemEvalErrorRowSchema = z
  .strictObject({
    question_id: z.string(),
    question: z.string(),
    question_type: z.string(),
    hypothesis: z.literal(''),
    error: z.string(),
    outcome,
  })
  .meta({ title: 'LongMemEval error row', description: 'Why one question could not be done.' });

/** Any row of a hypothesis file, whoever wrote it. What it does not say is not there; what it says beyond this is kept. */
export const longMemEvalReadRowSchema = z.looseObject({
  question_id: z.string().min(1),
  question_type: z.string().optional(),
  hypothesis: z.string().nullish(),
  error: z.string().nullish(),
  outcome: outcome.optional().catch(undefined),
  abstention: z.boolean().nullish(),
  recall_hit: z.boolean().nullish(),
  recall_all_hit: byDepth(z.boolean()).nullish(),
  recall_any_hit: byDepth(z.boolean()).nullish(),
  recall_fraction: byDepth(z.number()).nullish(),
  gold_total: count.nullish(),
  gold_found: count.nullish(),
  answer_session_ids: z.array(z.string()).nullish(),
  retrieved_session_ids: z.array(z.string()).nullish(),
  distinct_sessions_in_top_k: count.nullish(),
  retrieval_config_hash: z.string().nullish(),
  dataset_hash: z.string().nullish(),
  reader_config_hash: z.string().nullish(),
  judge_config_hash: z.string().nullish(),
  judge_correct: z.boolean().nullish(),
  judge_error: z.string().nullish(),
  search_meta: z.looseObject({ degraded: z.array(z.string()).optional() }).nullish(),
  usage: z.looseObject({ input_tokens: count.nullish(), output_tokens: count.nullish() }).nullish(),
  cost_usd: z.number().nullish(),
});

export type LongMemEvalRow = z.infer<typeof longMemEvalRowSchema>;
export type LongMemEvalErrorRow = z.infer<typeof longMemEvalErrorRowSchema>;
export type LongMemEvalReadRow = z.infer<typeof longMemEvalReadRowSchema>;
