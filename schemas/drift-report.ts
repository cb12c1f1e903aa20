import { z } from 'zod';
import { DRIFT_SEVERITIES } from './vocabulary.ts';

/** One tracked number, before and now. `change` is relative (0.2 = 20 % more), null where the old value is 0. */
export const driftMetricSchema = z.strictObject({
  metric: z.string(),
  old: z.union([z.number(), z.string()]).nullable(),
  new: z.union([z.number(), z.string()]),
  change: z.number().nullable(),
  severity: z.enum(DRIFT_SEVERITIES),
  reason: z.string(),
});

/** `drift-report/1`: this run against the most recent earlier one. */
export const driftReportSchema = z.strictObject({
  schema: z.literal('drift-report/1'),
  run_id: z.string(),
  against: z.string().nullable(),
  severity: z.enum(DRIFT_SEVERITIES),
  reason: z.string(),
  metrics: z.array(driftMetricSchema),
});

export type DriftReport = z.infer<typeof driftReportSchema>;
export type DriftMetric = z.infer<typeof driftMetricSchema>;
