import { z } from 'zod';
import { contradictionReportSchema, pairErrorsSchema, tierBreakdownSchema, verdictBreakdownSchema } from './contradiction-report.ts';
import { reportMetaSchema } from './report-meta.ts';

const count = z.number().int().nonnegative();
const bound = z.number().min(0).max(1).nullable().describe('Null where the judge failed.');

/** One run as the trend keeps it. */
export const contradictionTrendRowSchema = z.strictObject({
  schema_version: z.literal(1),
  run_id: z.string().min(1),
  ran_at: z.iso.datetime(),
  run_status: contradictionReportSchema.shape.run_status,
  judge_model: z.string(),
  judge_snapshot: z.string().nullable(),
  prompt_version: z.string(),
  prompt_hash: z.string(),
  queries_evaluated: count,
  queries_judged: count.describe('What the bounds are over.'),
  queries_with_contradiction: count,
  queries_with_any_finding: count,
  total_contradictions_flagged: count,
  verdict_breakdown: verdictBreakdownSchema,
  wilson_ci_lower: bound,
  wilson_ci_upper: bound,
  judge_errors: pairErrorsSchema,
  judge_errors_total: count,
  cost_usd_total: z.number().nonnegative(),
  cache: contradictionReportSchema.shape.cache,
  duration_ms: z.number().nonnegative(),
  source_tier_breakdown: tierBreakdownSchema,
  report: contradictionReportSchema,
});

/** What `lauter eval contradictions trend --json` prints. */
export const contradictionTrendSchema = z
  .strictObject({
    schema_version: z.literal(1),
    days: count,
    rows: z.array(contradictionTrendRowSchema).describe('Newest first.'),
    _meta: reportMetaSchema.optional().describe('Always in what is printed.'),
  })
  .meta({ title: 'Trend of contradictions', description: 'What a collection said against itself, run by run.' });

export type ContradictionTrendRow = z.infer<typeof contradictionTrendRowSchema>;
export type ContradictionTrend = z.infer<typeof contradictionTrendSchema>;
