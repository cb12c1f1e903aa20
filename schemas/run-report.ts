import { z } from 'zod';
import { driftReportSchema } from './drift-report.ts';
import { runSummarySchema } from './run-summary.ts';
import { CATEGORIES, EXPORT_SETS } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** `run-report/1`: everything the page of one refinery run shows; also written as JSON beside it. */
export const runReportSchema = z.strictObject({
  schema: z.literal('run-report/1'),
  summary: runSummarySchema,
  drift: driftReportSchema,
  /** Rows of each category, source by source. */
  categories_by_source: z.array(z.strictObject({ source: z.string(), category: z.enum(CATEGORIES), rows: count })),
  /** Quarantined rows by set (`materialize` while reading, then one set each) and reason. */
  quarantine: z.array(z.strictObject({ set: z.enum(['materialize', ...EXPORT_SETS]), reason: z.string(), rows: count })),
  /** Evidence rows by the rule that decided. */
  rules: z.array(z.strictObject({ rule: z.string(), rows: count })),
  /** Share of the evidence rows of a source that lack a thing, 0..1. */
  health: z.array(
    z.strictObject({
      source: z.string(),
      rows: count,
      without_task: z.number(),
      without_output: z.number(),
      without_truth: z.number(),
      without_time: z.number(),
    }),
  ),
  /** Checks of the audit stage. */
  checks: z.array(z.strictObject({ check: z.string(), passed: z.boolean(), found: z.string(), expected: z.string() })),
  splits: z.array(z.strictObject({ set: z.enum(EXPORT_SETS), split: z.string(), rows: count })),
  /** Files that belong to a source but hold no records, or that were skipped, with the reason. */
  ignored: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
});

export type RunReport = z.infer<typeof runReportSchema>;
