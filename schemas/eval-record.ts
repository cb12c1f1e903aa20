import { z } from 'zod';
import { EVAL_STATES, LONGMEMEVAL_OUTCOMES } from './vocabulary.ts';

const hash = z.string().nullable();
const names = z.record(z.string(), z.string().nullable());
const count = z.number().int().nonnegative();

/**
 * What one (suite, mode) of a run came to: a row of `ledger/eval-results.jsonl`, where `seq`, `prev_hash` and `row_hash` chain it to the row before.
 * `run_id` may come again; `run_uid` never does. Fields of other writers are kept.
 */
export const evalRecordSchema = z
  .looseObject({
    schema_version: z.literal(3),
    run_id: z.string().describe('<commit>-<suite>-<mode>-<seed>'),
    run_uid: z.string(),
    ran_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
    suite: z.string().min(1),
    mode: z.string().min(1).describe('`n/a` where a suite knows none.'),
    commit: z.string().describe('`unknown` outside a repository; followed by ` dirty` where the tree was.'),
    seed: z.number().int().min(0).max(0xffff_ffff),
    limit: count.nullable(),
    params: z.looseObject({ metrics: z.record(z.string(), z.number().nullable()).optional() }),
    status: z.enum(EVAL_STATES),
    duration_ms: z.number().nonnegative(),
    error: z.string().nullable(),
    metrics: z.record(z.string(), z.number().nullable()).describe('Means over the questions that count.'),
    headline: z.string().describe('The metric that wins and losses go by.'),
    dataset_name: z.string().nullable(),
    dataset_hash: hash,
    question_set_hash: hash,
    config_hash: hash,
    knob_hash: hash,
    corpus_hash: hash,
    prompt_hashes: names,
    models: names.describe('By lane: embedder, reranker, expansion, reader, judge.'),
    model_snapshots: names,
    lauter_version: z.string(),
    command: z.array(z.string()),
    counts: z.partialRecord(z.enum(LONGMEMEVAL_OUTCOMES), count),
    degraded: z.record(z.string(), count),
    usage: z.object({ input_tokens: count, output_tokens: count }),
    estimated_usd: z.number().nonnegative().nullable(),
    cost_usd: z.number().nonnegative().describe('Settled.'),
    price_table: z.string().nullable().describe('Version of the price table that costs were computed with.'),
    rows_path: z.string().nullable().describe('From the folder that holds the ledger folder, or absolute.'),
    rows_sha256: hash,
  })
  .meta({ title: 'Evaluation record', description: 'What one suite in one mode came to.' });

/** A record as somebody else may have written it: what is needed to place it, and what else is there. Metrics stand at `metrics` or `params.metrics`. */
export const evalReadRecordSchema = z.looseObject({
  schema_version: z.number().int().min(1).max(3),
  run_id: z.string().min(1),
  run_uid: z.string().optional(),
  ran_at: z.string().min(1),
  suite: z.string().min(1),
  mode: z.string().min(1),
  commit: z.string().optional(),
  seed: z.number().int().optional(),
  status: z.enum(EVAL_STATES).catch('failed'),
  params: z.looseObject({ metrics: z.record(z.string(), z.number().nullable()).optional() }).optional(),
  metrics: z.record(z.string(), z.number().nullable()).optional(),
  dataset_hash: hash.optional(),
  question_set_hash: hash.optional(),
  rows_path: z.string().nullish(),
  rows_sha256: hash.optional(),
});

export type EvalRecord = z.infer<typeof evalRecordSchema>;
export type EvalReadRecord = z.infer<typeof evalReadRecordSchema>;
