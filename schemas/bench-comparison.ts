import { z } from 'zod';
import { recordedFieldSchema } from './determinism-report.ts';
import { metricComparisonSchema } from './metric-comparison.ts';
import { bt29StateSchema } from './trust-ledger.ts';
import { BENCH_MODES, COMPARABILITY_STATES, MODEL_VERDICTS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const rank = z.number().int().positive().nullable();

/** One side of a comparison. */
const comparisonSideSchema = z.strictObject({
  path: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  run_id: z.string(),
  model_id: z.string(),
  /** Null in files that do not record it. */
  verdict: z.enum(MODEL_VERDICTS).nullable(),
  bt29: bt29StateSchema,
});

/** `bench-comparison/1`: what `lauter bench compare A B --json` prints. Differences are b minus a. */
export const benchComparisonSchema = z.strictObject({
  schema: z.literal('bench-comparison/1'),
  mode: z.enum(BENCH_MODES),
  a: comparisonSideSchema,
  b: comparisonSideSchema,
  comparability: z.strictObject({
    status: z.enum(COMPARABILITY_STATES),
    key: z.string().nullable(),
    differences: z.array(recordedFieldSchema),
  }),
  seed: z.number().int(),
  resamples: count,
  /** Retrieval metrics over the questions, then the judge's mean over the events that both sides have a score for. Empty when not comparable. */
  metrics: z.array(metricComparisonSchema),
  /** floor(0.02 x questions): how many may flip within the budget of BT-29; null when nothing was compared. */
  budget_flips: count.nullable(),
  /** Questions whose Hit@1, or whose rank, is another one. */
  flips: z.strictObject({
    hit_at_1: count,
    rank: count,
    /** All of them, widest first. */
    items: z.array(z.strictObject({ qa_id: z.string(), source: z.string().nullable(), rank_a: rank, rank_b: rank, is_flip: z.boolean() })),
  }),
  per_source: z.array(
    z.strictObject({ source: z.string(), n: count, small: z.boolean(), mrr: metricComparisonSchema, hit_at_1: metricComparisonSchema }),
  ),
  warnings: z.array(z.string()),
});

export type ComparisonSide = z.infer<typeof comparisonSideSchema>;
export type BenchComparison = z.infer<typeof benchComparisonSchema>;
