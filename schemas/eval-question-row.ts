import { z } from 'zod';
import { LONGMEMEVAL_OUTCOMES } from './vocabulary.ts';

const hash = z.string().nullable();
const count = z.number().int().nonnegative();

/** What one arm did on one question: a line of `<suite>/<mode>.rows.ndjson`. Aggregates are queries over these rows. */
export const evalQuestionRowSchema = z
  .looseObject({
    schema_version: z.literal(1),
    run_uid: z.string(),
    arm: z.string().describe('The mode, or the name of what was compared with it.'),
    question_id: z.string().min(1),
    attempt: z.number().int().min(1),
    question: z.string().nullable(),
    question_type: z.string().nullable(),
    clusters: z
      .array(z.string())
      .describe('Haystack sessions or declared conversation that questions may share; none where they share nothing.'),
    outcome: z.enum(LONGMEMEVAL_OUTCOMES),
    metrics: z.record(z.string(), z.number().nullable()),
    retrieved: z.array(z.object({ key: z.string(), score: z.number(), rank: z.number().int().min(1) })),
    config_hash: hash,
    dataset_hash: hash,
    prompt_hash: hash,
    model_snapshot: z.string().nullable(),
    usage: z.object({ input_tokens: count.nullable(), output_tokens: count.nullable() }).nullable(),
    cost_usd: z.number().nonnegative().nullable().describe('Settled for this question; null where nothing was paid.'),
    latency_ms: z.number().nonnegative().nullable(),
    error: z.string().nullable(),
  })
  .meta({ title: 'Evaluated question', description: 'What one arm did on one question.' });

export type EvalQuestionRow = z.infer<typeof evalQuestionRowSchema>;
