import { z } from 'zod';
import { AUDIT_METRICS, type AuditMetric } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** The tracked numbers as they were counted on disk; null for one that could not be counted. */
export const auditMetricsSchema = z.record(z.enum(Object.keys(AUDIT_METRICS) as [AuditMetric, ...AuditMetric[]]), count.nullable());

/** `audit-baseline/1`: what one full audit came to, as a row of `ledger/audit-baselines.jsonl`. */
export const auditBaselineSchema = z.strictObject({
  schema: z.literal('audit-baseline/1'),
  recorded_at: z.iso.datetime(),
  /** The run whose data was audited. */
  run_id: z.string().min(1),
  verdict: z.enum(['accepted', 'refused']),
  /** Numbers of the checks that failed. */
  failed: z.array(z.number().int().min(1).max(16)),
  metrics: auditMetricsSchema,
  /** Position of the baseline it was compared with: the latest earlier accepted one. Null when there was none. */
  against: z.number().int().positive().nullable(),
  severity: z.enum(['ok', 'warn']),
  code_version: z.string(),
});

/** The same as it stands in the ledger. */
export const auditBaselineRowSchema = auditBaselineSchema.extend({
  seq: z.number().int().positive(),
  prev_hash: sha256Hex,
  row_hash: sha256Hex,
});

export type AuditMetrics = z.infer<typeof auditMetricsSchema>;
export type AuditBaseline = z.infer<typeof auditBaselineSchema>;
export type AuditBaselineRow = z.infer<typeof auditBaselineRowSchema>;
