import { z } from 'zod';
import { evalReadRecordSchema } from './eval-record.ts';
import { expectationSchema } from './expectations.ts';
import { metricGlossarySchema } from './metric-glossary.ts';
import { pairedComparisonSchema } from './paired-comparison.ts';
import { reproducibilitySchema } from './reproducibility.ts';

const count = z.number().int().nonnegative();
const value = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable();

/** A question on which an arm stands out: its score, the best of the other arms, and the difference of both. */
const standoutSchema = z.strictObject({
  question_id: z.string(),
  question: z.string().nullable(),
  score: z.number(),
  best_other: z.number(),
  best_other_arm: z.string(),
  margin: z.number(),
});

/** What became of an expectation. */
const outcomeOfExpectation = z.strictObject({
  expectation: expectationSchema,
  suite: z.string(),
  arm: z.string(),
  state: z.enum(['held', 'failed', 'not_testable']),
  reason: z.string().nullable().describe('Why it is not testable.'),
  observed: value,
  ci95: interval,
  is_late: z.boolean().describe('Registered after the run.'),
});

/** One metric of one arm over the questions that every arm answered. */
const armMetric = z.strictObject({
  arm: z.string(),
  metric: z.string(),
  mean: value,
  n: count,
  ci95: interval,
  method: z.enum(['wilson', 'bootstrap']).nullable(),
});

/** A suite with its arms. */
const suiteSchema = z.strictObject({
  suite: z.string(),
  arms: z.array(z.string()),
  headline: z.string(),
  metrics: z.array(z.string()),
  n: count,
  dropped: z.record(z.string(), count).describe('By arm: questions that another arm lacks, with --intersect.'),
  arm_metrics: z.array(armMetric),
  by_type: z.array(z.strictObject({ type: z.string(), arm: z.string(), metric: z.string(), n: count, mean: value })),
  outcomes: z.record(z.string(), z.record(z.string(), count)).describe('By arm and outcome; all six.'),
  cost: z.array(z.strictObject({ arm: z.string(), per_query_usd: value, is_estimate: z.boolean() })),
  questions: z.array(
    z
      .strictObject({ question_id: z.string(), type: z.string().nullable(), scores: z.record(z.string(), value) })
      .describe('By arm, in the headline metric.'),
  ),
});

/** What `lauter eval compare --json` prints. */
export const evalComparisonSchema = z
  .strictObject({
    schema_version: z.literal(2),
    records: z.array(evalReadRecordSchema),
    grouped: z.record(z.string(), z.record(z.string(), evalReadRecordSchema.nullable())),
    without_mode: z.array(evalReadRecordSchema).describe('Records with mode n/a.'),
    suites: z.array(suiteSchema),
    comparisons: z.array(pairedComparisonSchema),
    smallest_p: value.describe('Smallest corrected p that so many resamples and comparisons can give.'),
    wins_losses: z.array(
      z.strictObject({
        suite: z.string(),
        arm: z.string(),
        metric: z.string(),
        wins: z.array(standoutSchema),
        losses: z.array(standoutSchema),
      }),
    ),
    expectations: z
      .strictObject({ sha256: z.string(), registered_at: z.string(), path: z.string(), outcomes: z.array(outcomeOfExpectation) })
      .nullable(),
    notices: z.array(z.string()),
    malformed_lines: count,
    _meta: z.strictObject({
      metric_glossary: metricGlossarySchema,
      unknown_metrics: z.array(z.string()),
      methodology: z.array(z.string()),
      footer: reproducibilitySchema,
    }),
  })
  .meta({ title: 'Comparison of arms', description: 'What modes or other arms of an evaluation come to side by side.' });

export type EvalComparison = z.infer<typeof evalComparisonSchema>;
export type ComparedSuite = z.infer<typeof suiteSchema>;
export type Standout = z.infer<typeof standoutSchema>;
export type ExpectationOutcome = z.infer<typeof outcomeOfExpectation>;
