import { z } from 'zod';
import { auditBaselineRowSchema, auditMetricsSchema } from './audit-baseline.ts';
import { AUDIT_METRICS, type AuditMetric } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** One thing that is not as it must be, and where. */
export const auditFindingSchema = z.strictObject({ where: z.string(), expected: z.string(), found: z.string() });

/** One of the 16 checks and what came of it. */
export const auditCheckSchema = z.strictObject({
  number: z.number().int().min(1).max(16),
  name: z.string(),
  /** What it proves when it passes. */
  proves: z.string(),
  state: z.enum(['passed', 'failed']),
  /** What was looked at, with its numbers. */
  looked_at: z.string(),
  /** The first findings; `findings_total` counts all of them. */
  findings: z.array(auditFindingSchema),
  findings_total: count,
  /** What does not fail the check but should be known. */
  warnings: z.array(z.string()),
  /** What to do when it fails. */
  remedy: z.string(),
});

/** One tracked number against the baseline; `low` and `high` are what chance explains after the old one. */
export const auditDriftMetricSchema = z.strictObject({
  metric: z.enum(Object.keys(AUDIT_METRICS) as [AuditMetric, ...AuditMetric[]]),
  old: count.nullable(),
  new: count.nullable(),
  /** Relative (0.2 = 20 % more); null where the old one is 0 or one of them is unknown. */
  change: z.number().nullable(),
  low: count.nullable(),
  high: count.nullable(),
  severity: z.enum(['ok', 'warn']),
  reason: z.string(),
});

export const auditDriftSchema = z.strictObject({
  /** The baseline that was compared with; null when there is none. */
  against: z.strictObject({ seq: z.number().int().positive(), run_id: z.string(), recorded_at: z.string() }).nullable(),
  severity: z.enum(['ok', 'warn']),
  reason: z.string(),
  metrics: z.array(auditDriftMetricSchema),
});

/** `audit-report/1`: what `lauter distill audit-full --json` prints, and `reports/audit/<time>.json`. */
export const auditReportSchema = z.strictObject({
  schema: z.literal('audit-report/1'),
  run_id: z.string(),
  recorded_at: z.iso.datetime(),
  duration_ms: count,
  code_version: z.string(),
  verdict: z.enum(['accepted', 'refused']),
  passed: count,
  checks: z.array(auditCheckSchema).length(16),
  /** Rows whose source is no longer there, so that nothing can prove them: of the audited run, and of the runs before it. */
  unprovable: z.strictObject({ latest: count, older: count }),
  metrics: auditMetricsSchema,
  drift: auditDriftSchema,
  /** The row that was appended to the baselines; null when their chain is damaged, for nothing is appended then. */
  baseline: auditBaselineRowSchema.nullable(),
  /** The latest baselines, oldest first, with the one of this audit. */
  baselines: z.array(auditBaselineRowSchema),
  /** Where the report was written, relative to the workspace. */
  paths: z.strictObject({ html: z.string(), md: z.string(), json: z.string() }),
});

export type AuditFinding = z.infer<typeof auditFindingSchema>;
export type AuditCheck = z.infer<typeof auditCheckSchema>;
export type AuditDriftMetric = z.infer<typeof auditDriftMetricSchema>;
export type AuditDrift = z.infer<typeof auditDriftSchema>;
export type AuditReport = z.infer<typeof auditReportSchema>;
