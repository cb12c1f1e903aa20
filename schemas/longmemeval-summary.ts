import { z } from 'zod';

const count = z.number().int().min(0);
const rate = z.number().min(0).max(1).nullable();

/** Rows with gold sessions of one kind. `hit` and `rate` are those of `any`; a rate over nothing is null. */
const recallOfType = z.object({
  hit: count,
  total: count,
  rate,
  all_hit: count,
  all_rate: rate,
  any_hit: count,
  any_rate: rate,
  mean_fraction: rate,
  errors: count,
});

const accuracy = z.object({ correct: count, total: count, rate });

/** Hashes of what the rows were made with: one value, or null where no row says; `mixed` where they differ. */
const runConfig = z.object({
  retrieval_config_hash: z.string().nullable(),
  dataset_hash: z.string().nullable(),
  reader_config_hash: z.string().nullable(),
  judge_config_hash: z.string().nullable(),
  mixed: z.record(z.string(), z.record(z.string(), count)).optional().describe('Of each hash that differs between rows: rows by value.'),
});

/** The last line of a hypothesis file that was asked for by type. */
export const longMemEvalSummarySchema = z
  .strictObject({
    schema_version: z.union([z.literal(1), z.literal(2)]),
    kind: z.literal('by_type_summary'),
    recall_by_type: z.record(z.string(), recallOfType),
    aggregate: recallOfType,
    excluded_abstention: count,
    abstention: recallOfType.optional(),
    mean_distinct_sessions: z.number().nullable(),
    run_config: runConfig,
    qa_accuracy: accuracy.optional(),
  })
  .meta({ title: 'LongMemEval summary by type', description: 'The last line of a hypothesis file.' });

export type LongMemEvalSummary = z.infer<typeof longMemEvalSummarySchema>;
export type RecallOfType = z.infer<typeof recallOfType>;
