import { z } from 'zod';
import { PROBE_KINDS, PROBE_OUTCOMES } from './vocabulary.ts';

const count = z.number().int().nonnegative();
const usd = z.number().nonnegative();

/** A line of `quality-probe-YYYY-Www.jsonl`: what came of one probe. */
export const probeEventSchema = z
  .looseObject({
    ts: z.iso.datetime().describe('When it ended.'),
    kind: z.enum(PROBE_KINDS).default('quality'),
    outcome: z.enum(PROBE_OUTCOMES),
    exit_code: z.number().int().min(0).max(2),
    pass_count: count,
    fail_count: count,
    inconclusive_count: count,
    error_count: count,
    est_cost_usd: usd,
    fixture_sha8: z
      .string()
      .regex(/^[0-9a-f]{8}$/)
      .optional(),
    detail: z.string().optional(),
    malformed_count: count.default(0),
    upstream_error_count: count.default(0),
    actual_cost_usd: usd.default(0),
    questions: count.default(0),
    run_uid: z.string().optional().describe('One row for each: a probe that is retried writes it once.'),
    scheduled_at: z.iso.datetime().optional().describe('Nominal time of a scheduled run; absent for one by hand.'),
    metrics: z.record(z.string(), z.number().nullable()).default({}).describe('What was measured, by the names of the glossary.'),
    intervals: z
      .record(z.string(), z.tuple([z.number(), z.number()]))
      .optional()
      .describe('Where a metric may lie by chance of the questions, 95 %; by the same names.'),
  })
  .meta({ title: 'Probe event', description: 'What came of one probe.' });

export type ProbeEvent = z.infer<typeof probeEventSchema>;
