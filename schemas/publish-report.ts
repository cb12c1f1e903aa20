import { z } from 'zod';

const thresholds = z.strictObject({ jaccard: z.number(), top1: z.number(), latency_multiplier: z.number() });
const text = z.string().nullable();

/** What `lauter eval publish --json` prints. */
export const publishReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    output_path: z.string(),
    label: z.string(),
    source_hash: z.string(),
    content_hash: z.string(),
    corpus_hash: text,
    knob_hash: text,
    row_count: z.number().int().min(1),
    baseline_mean_latency_ms: z.number(),
    thresholds,
    suggested_thresholds: thresholds
      .extend({ runs: z.number().int(), passing_runs: z.number().int() })
      .optional()
      .describe('With --suggest-thresholds: what nine in ten of the passing runs would pass.'),
  })
  .meta({ title: 'Publish', description: 'A baseline that was written.' });

/** One line of `audit/publish-YYYY-Www.jsonl`: a call of publish, whether it came to something or not. */
export const publishAuditSchema = z
  .looseObject({
    ts: z.string(),
    label: text,
    source_hash: text,
    content_hash: text,
    row_count: z.number().nullable(),
    output_path: text,
    thresholds: thresholds.nullable(),
    success: z.boolean(),
    failure_reason: z.string().optional(),
  })
  .meta({ title: 'Publish audit', description: 'A call of publish.' });

export type PublishReport = z.infer<typeof publishReportSchema>;
export type PublishAudit = z.infer<typeof publishAuditSchema>;
