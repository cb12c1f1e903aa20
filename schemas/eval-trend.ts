import { z } from 'zod';
import { metricGlossarySchema } from './metric-glossary.ts';
import { reproducibilitySchema } from './reproducibility.ts';
import { EVAL_STATES } from './vocabulary.ts';

const told = z.string().nullable();
const count = z.number().int().nonnegative();

/** What a record may differ in from the one before it. */
const TREND_CHANGES = ['dataset', 'questions', 'knobs', 'corpus', 'commit'] as const;

/** One record in one metric. */
export const trendPointSchema = z.strictObject({
  run_id: z.string(),
  run_uid: told,
  ran_at: z.string(),
  status: z.enum(EVAL_STATES),
  commit: told,
  dataset_hash: told,
  question_set_hash: told,
  knob_hash: told,
  corpus_hash: told,
  value: z.number().nullable().describe('Null where the record does not count, or has no such metric.'),
  n: count.nullable().describe('Questions that it is the mean of; null where only the record tells it.'),
  ci95: z.tuple([z.number(), z.number()]).nullable(),
  method: z.enum(['wilson', 'bootstrap']).nullable(),
  source: z.enum(['rows', 'record']).nullable().describe('Computed from the rows of the questions, or as the record tells it.'),
  changed: z.array(z.enum(TREND_CHANGES)).describe('Against the record with a value before it.'),
  starts_anew: z.boolean().describe('Other questions than before, or nobody knows: no line leads to it.'),
  note: told,
});

/** What `lauter eval trend --json` prints. */
export const evalTrendSchema = z
  .strictObject({
    schema_version: z.literal(1),
    days: count.nullable().describe('How far back; null for all of the ledger.'),
    series: z.array(z.strictObject({ suite: z.string(), mode: z.string(), metric: z.string(), points: z.array(trendPointSchema).min(1) })),
    notices: z.array(z.string()),
    malformed_lines: count,
    _meta: z.strictObject({
      metric_glossary: metricGlossarySchema,
      unknown_metrics: z.array(z.string()),
      footer: reproducibilitySchema,
    }),
  })
  .meta({ title: 'Trend of evaluations', description: 'What suites came to from record to record of a ledger.' });

export type EvalTrend = z.infer<typeof evalTrendSchema>;
export type TrendSeries = EvalTrend['series'][number];
export type TrendPoint = z.infer<typeof trendPointSchema>;
export type TrendChange = TrendPoint['changed'][number];
