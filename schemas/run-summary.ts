import { z } from 'zod';
import { ADAPTERS, DRIFT_SEVERITIES, REFUSAL_REASONS, RUN_WARNINGS, STAGES } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** One reason for a refusal: a word of the closed list and the numbers that led to it. */
export const refusalSchema = z.strictObject({
  reason: z.enum(Object.keys(REFUSAL_REASONS) as [keyof typeof REFUSAL_REASONS, ...(keyof typeof REFUSAL_REASONS)[]]),
  detail: z.string(),
});

/** Something to know about an accepted run. */
export const warningSchema = z.strictObject({
  warning: z.enum(Object.keys(RUN_WARNINGS) as [keyof typeof RUN_WARNINGS, ...(keyof typeof RUN_WARNINGS)[]]),
  detail: z.string(),
});

export const stageSummarySchema = z.strictObject({
  stage: z.enum(STAGES),
  rows_in: count,
  rows_out: count,
  rows_quarantined: count,
  shards: count,
  shards_reused: count,
  duration_ms: count,
  digest: z.string(),
});

export const sourceSummarySchema = z.strictObject({
  name: z.string(),
  adapter: z.enum(ADAPTERS),
  files: count,
  records: count,
  evidence: count,
  quarantined: count,
});

/** `run-summary/1`: what `lauter distill run-all --json` prints. */
export const runSummarySchema = z.strictObject({
  schema: z.literal('run-summary/1'),
  run_id: z.string(),
  verdict: z.enum(['accepted', 'refused']),
  reasons: z.array(refusalSchema),
  /** Absent when there is nothing to warn of. */
  warnings: z.array(warningSchema).optional(),
  workflow_id: z.string(),
  started_at: z.string(),
  ended_at: z.string(),
  duration_ms: count,
  resumed: z.boolean(),
  stages: z.array(stageSummarySchema),
  sources: z.array(sourceSummarySchema),
  categories: z.strictObject({ accepted: count, partially_accepted: count, rejected: count, needs_human_review: count }),
  exports: z.strictObject({ rag: count, sft: count, preference: count }),
  quarantined: z.record(z.string(), count),
  redactions: z.record(z.string(), count),
  drift: z.strictObject({ severity: z.enum(DRIFT_SEVERITIES), against: z.string().nullable() }),
  paths: z.strictObject({ exports: z.string(), report: z.string(), receipts: z.string() }),
});

export type RunSummary = z.infer<typeof runSummarySchema>;
export type StageSummary = z.infer<typeof stageSummarySchema>;
export type SourceSummary = z.infer<typeof sourceSummarySchema>;
export type Refusal = z.infer<typeof refusalSchema>;
export type Warning = z.infer<typeof warningSchema>;
