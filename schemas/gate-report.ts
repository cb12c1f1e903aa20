import { z } from 'zod';
import { replaySummarySchema } from './replay-report.ts';
import { reportMetaSchema } from './report-meta.ts';
import { BREACH_METRICS, BREACH_REASONS, DEGRADATIONS } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const rate = z.number().nullable();

/** Something that a gate did not let pass. `result`: a number is too low or too high. `input`, `system`: nobody can tell what it would have been. */
const breachSchema = z.strictObject({
  metric: z.enum(BREACH_METRICS),
  observed: z.number().nullable().optional(),
  threshold: z.number().optional(),
  reason: z.enum(BREACH_REASONS).optional(),
  error_tail: z.string().optional(),
  failure_origin: z.enum(['result', 'input', 'system']),
});

/** Limits of the regression gate: shares of 0..1, a multiple of the mean latency, and the change below which latency is noise. */
const regressionThresholdsSchema = z.strictObject({
  jaccard: z.number(),
  top1: z.number(),
  latency_multiplier: z.number(),
  latency_floor_ms: z.number(),
});

/** Limits of the correctness gate, shares of 0..1. */
const correctnessThresholdsSchema = z.strictObject({
  recall_at_k: z.number(),
  first_relevant_hit: z.number(),
  expected_top1: z.number(),
});

const scoredQuerySchema = z.strictObject({
  query_id: z.string(),
  query: z.string().nullable(),
  recall_at_k: rate,
  first_relevant_hit: z.boolean().nullable(),
  expected_top1_hit: z.boolean().nullable(),
  retrieved: z.array(z.string()),
  error: z.string().nullable(),
});

/** Means and rates are over the queries that ran; `_strict` counts those that errored as 0. */
const correctnessSummarySchema = z.strictObject({
  k: z.number().int().min(1),
  queries_total: count,
  queries_run: count,
  queries_errored: count,
  queries_degraded: count,
  mean_recall_at_k: rate,
  mean_recall_at_k_strict: rate,
  first_relevant_hit_rate: rate,
  expected_top1_hit_rate: rate,
  expected_top1_denominator: count,
  per_query: z.array(scoredQuerySchema).optional(),
});

/** Whether results moved too far from a baseline. Only `ran` where no baseline was given. */
const regressionGateSchema = z.strictObject({
  ran: z.boolean(),
  baseline_path: z.string().optional(),
  baseline_ref: z.string().optional(),
  attestation: z.enum(['content', 'queries_only']).optional(),
  summary: replaySummarySchema.nullable().optional(),
  thresholds: regressionThresholdsSchema.optional(),
  latency_ratio: z.number().nullable().optional(),
  latency_skipped: z.boolean().optional(),
  breaches: z.array(breachSchema).optional(),
});

/** Whether what is known to be right is found. Only `ran` where no judgments were given. */
const correctnessGateSchema = z.strictObject({
  ran: z.boolean(),
  qrels_path: z.string().optional(),
  summary: correctnessSummarySchema.nullable().optional(),
  thresholds: correctnessThresholdsSchema.optional(),
  breaches: z.array(breachSchema).optional(),
});

/** What `lauter eval gate --json` prints. */
export const gateReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    verdict: z.enum(['pass', 'fail', 'error']),
    regression_gate: regressionGateSchema,
    correctness_gate: correctnessGateSchema,
    meta: z.strictObject({
      knob_hash: z.string().nullable(),
      corpus_hash: z.string().nullable(),
      embedder: z.string().nullable(),
      degraded: z.array(z.enum(DEGRADATIONS)),
      commit: z.string().nullable(),
      collection: z.string(),
      retriever: z.string(),
      lauter_version: z.string(),
      baseline_corpus_hash: z.string().nullable(),
      corpus_changed: z.boolean().nullable().describe('Null where either hash is unknown. A change is told, it is no breach.'),
    }),
    _meta: reportMetaSchema,
  })
  .meta({ title: 'Gate', description: 'Whether a search engine may go on as it is.' });

export type Breach = z.infer<typeof breachSchema>;
export type RegressionThresholds = z.infer<typeof regressionThresholdsSchema>;
export type CorrectnessThresholds = z.infer<typeof correctnessThresholdsSchema>;
export type CorrectnessSummary = z.infer<typeof correctnessSummarySchema>;
export type RegressionGate = z.infer<typeof regressionGateSchema>;
export type CorrectnessGate = z.infer<typeof correctnessGateSchema>;
export type GateReport = z.infer<typeof gateReportSchema>;
