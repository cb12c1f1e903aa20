import { z } from 'zod';
import { pairedComparisonSchema } from './paired-comparison.ts';
import { reportMetaSchema } from './report-meta.ts';
import { DEGRADATIONS, LONGMEMEVAL_OUTCOMES } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const value = z.number().nullable();
const values = z.record(z.string(), value);
const ids = z.array(z.string());
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a mean may lie by chance of the queries, 95 %: Wilson for proportions, else the bootstrap of the values. */
const measureIntervalSchema = z.strictObject({
  method: z.enum(['wilson', 'bootstrap']),
  low: z.number(),
  high: z.number(),
  n: count,
  /** Of a proportion: how many of the n. */
  hits: count.optional(),
  note: z.string().optional(),
});

/** One query: its values, and what was found. `error` tells why nothing was. */
const measuredQuerySchema = z.strictObject({
  query_id: z.string(),
  query: z.string().nullable(),
  outcome: z.enum(LONGMEMEVAL_OUTCOMES),
  /** False where the query is left out of means. */
  is_counted: z.boolean(),
  metrics: values,
  retrieved: z.array(z.strictObject({ key: z.string(), score: z.number() })),
  degraded: z.array(z.enum(DEGRADATIONS)),
  latency_ms: value,
  error: z.string().nullable(),
});

/** A floor that was asked for. A measure without a value misses its floor. */
const floorSchema = z.strictObject({ metric: z.string(), floor: z.number(), value, is_met: z.boolean() });

/** How one side was searched; null for what a file of rankings does not say. */
const measuredArmSchema = z.strictObject({
  name: z.string(),
  knob_hash: z.string().nullable(),
  corpus_hash: z.string().nullable(),
  generation: count.nullable(),
  mode: z.string().nullable(),
  /** Values of knobs that were given for the call. */
  knobs: z.record(z.string(), z.unknown()),
  metrics: values,
  intervals: z.record(z.string(), measureIntervalSchema.nullable()),
  outcomes: z.record(z.enum(LONGMEMEVAL_OUTCOMES), count),
  degraded: z.record(z.string(), count),
  latency_ms: z.strictObject({ p50: value, p95: value, p99: value }),
});

/** What `lauter eval qrels --json` prints. */
export const qrelsReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    verdict: z.enum(['pass', 'fail', 'error']),
    num_q: count,
    queries_missing: ids,
    queries_zero_relevant: ids,
    queries_unjudged: ids,
    metrics: values,
    intervals: z.record(z.string(), measureIntervalSchema.nullable()),
    outcomes: z.record(z.enum(LONGMEMEVAL_OUTCOMES), count),
    floors: z.array(floorSchema),
    /** Why the numbers do not count. */
    refusals: z.array(z.string()),
    notes: z.array(z.string()),
    per_query: z.array(measuredQuerySchema).optional(),
    comparison: z
      .strictObject({
        arm_a: measuredArmSchema,
        arm_b: measuredArmSchema,
        seed: z.number().int(),
        resamples: count,
        smallest_p: value.describe('Smallest corrected p that so many resamples and measures can give.'),
        comparisons: z.array(pairedComparisonSchema),
        per_query_b: z.array(measuredQuerySchema).optional(),
      })
      .optional(),
    meta: z.strictObject({
      qrels_path: z.string(),
      qrels_sha256: sha256,
      question_set_hash: sha256,
      run_path: z.string().nullable(),
      run_sha256: sha256.nullable(),
      collection: z.string().nullable(),
      retriever: z.string().nullable(),
      strategy: z.string().nullable(),
      mode: z.string().nullable(),
      k: count,
      limit: count.nullable(),
      rel_level: z.number().int(),
      max_docs: count.nullable(),
      averaging: z.enum(['complete', 'intersection']),
      is_trec: z.boolean(),
      is_judged_only: z.boolean(),
      normalise_ids: z.string().nullable(),
      seed: z.number().int(),
      resamples: count,
      knob_hash: z.string().nullable(),
      corpus_hash: z.string().nullable(),
      generation: count.nullable(),
      degraded: z.record(z.string(), count),
      latency_ms: z.strictObject({ p50: value, p95: value, p99: value }),
      lauter_version: z.string(),
      commit: z.string(),
      command: z.array(z.string()),
      started_at: z.string(),
      finished_at: z.string(),
    }),
    _meta: reportMetaSchema,
  })
  .meta({ title: 'Qrels report', description: 'What rankings come to by judgments.' });

export type QrelsReport = z.infer<typeof qrelsReportSchema>;
export type MeasuredQuery = z.infer<typeof measuredQuerySchema>;
export type MeasuredArm = z.infer<typeof measuredArmSchema>;
export type MeasureInterval = z.infer<typeof measureIntervalSchema>;
export type QrelsFloor = z.infer<typeof floorSchema>;
