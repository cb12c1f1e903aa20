import { z } from 'zod';
import {
  BENCH_MODES,
  BT29_CLAIMS,
  CAUSE_STATES,
  COMPARABILITY_STATES,
  DETERMINISM_CAUSES,
  DETERMINISM_REASONS,
  type DeterminismCause,
  type DeterminismReason,
} from './vocabulary.ts';

const count = z.number().int().nonnegative();
const budget = z.number().nonnegative();

/** A recorded fact and the runs that record it so; `value` is null for the runs that do not record it. */
const recordedValueSchema = z.strictObject({ value: z.string().nullable(), run_ids: z.array(z.string()) });

/** What the runs record about one field. */
export const recordedFieldSchema = z.strictObject({ field: z.string(), values: z.array(recordedValueSchema) });

/** One metric over the runs. Smallest, largest and delta are of the good values; null where there is none. */
export const metricSpreadSchema = z.strictObject({
  min: z.number().nullable(),
  max: z.number().nullable(),
  delta: z.number().nullable(),
  /** One for each of `run_ids`; null where it is missing or invalid. */
  values: z.array(z.number().nullable()),
});

/** An item whose rank differs between runs; one rank for each of `run_ids`, null where no golden was found. */
export const rankChangeSchema = z.strictObject({
  qa_id: z.string(),
  /** Source of the golden event, where the file tells it. */
  source: z.string().nullable(),
  ranks: z.array(z.number().int().positive().nullable()),
  is_flip: z.boolean(),
});

export const determinismFlipsSchema = z.strictObject({
  /** Items whose Hit@1 differs between any two runs; null without item data of every run. */
  hit_at_1: count.nullable(),
  /** Items whose rank differs. */
  rank: count.nullable(),
  /** All of them, widest first. */
  items: z.array(rankChangeSchema),
});

export const determinismCauseSchema = z.strictObject({
  cause: z.enum(Object.keys(DETERMINISM_CAUSES) as [DeterminismCause, ...DeterminismCause[]]),
  state: z.enum(CAUSE_STATES),
  evidence: z.array(recordedFieldSchema),
});

/** Whether BT-29 holds; `reason` says why not, and is null where it does. */
export const bt29Schema = z.strictObject({
  established: z.boolean(),
  claim: z.enum(BT29_CLAIMS).nullable(),
  reason: z.string().nullable(),
});

/** One compared model. Lists over runs are in the order of `run_ids`, which is that of the ids. */
export const determinismModelSchema = z.strictObject({
  model_id: z.string(),
  n_runs: count,
  run_ids: z.array(z.string()),
  mrr: metricSpreadSchema,
  hit_at_1: metricSpreadSchema,
  judge_mean: metricSpreadSchema,
  /** Reported, never gated; so are the four after it. */
  ndcg_at_10: metricSpreadSchema,
  hit_at_3: metricSpreadSchema,
  hit_at_5: metricSpreadSchema,
  hit_at_10: metricSpreadSchema,
  per_source: z.array(
    z.strictObject({
      source: z.string(),
      /** The smallest number of items in a run; below 10 it says little. */
      n: count.nullable(),
      mrr: metricSpreadSchema,
      hit_at_1: metricSpreadSchema,
    }),
  ),
  /** The number that all runs agree on. */
  scored_count: count.nullable(),
  verdict: z.enum(['PASS', 'FAIL']),
  /** All of them, in the order of their codes. */
  reasons: z.array(
    z.strictObject({ code: z.enum(Object.keys(DETERMINISM_REASONS) as [DeterminismReason, ...DeterminismReason[]]), detail: z.string() }),
  ),
  /** True when MRR or Hit@1 is 0 in every run: stable, and worth nothing. */
  degenerate: z.boolean(),
  /** Smallest difference that a comparison with a model not yet known would find. */
  mde: z.strictObject({ form: z.literal('unpaired'), mrr: z.number().nullable(), hit_at_1: z.number().nullable() }),
  /** How many items may flip within the budget for Hit@1: floor(budget x scored_count). */
  budget_flips: count.nullable(),
  flips: determinismFlipsSchema,
  /** Share of items with Hit@1 in every run. */
  pass_all_runs: z.number().min(0).max(1).nullable(),
  /** Looked at on FAIL only. */
  causes: z.array(determinismCauseSchema),
  bt29: bt29Schema,
  warnings: z.array(z.string()),
});

/** `lauter.determinism/1`: what `lauter bench determinism --json` prints, and `determinism.json`. Only `runs` follows the order of the files. */
export const determinismReportSchema = z.strictObject({
  schema: z.literal('lauter.determinism/1'),
  mode: z.enum(BENCH_MODES),
  budgets: z.strictObject({ mrr: budget, hit_at_1: budget, judge_mean: budget }),
  tolerance: z.number().positive(),
  required_runs: count,
  runs: z.array(z.strictObject({ run_id: z.string(), path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  comparability: z.strictObject({
    status: z.enum(COMPARABILITY_STATES),
    /** Null unless every field of it is recorded and the same. */
    key: z.string().nullable(),
    differences: z.array(recordedFieldSchema),
  }),
  models: z.array(determinismModelSchema),
  /** Ids of the models that stand in one run only. */
  not_compared: z.array(z.string()),
  overall: z.enum(['PASS', 'FAIL']),
  bt29: bt29Schema,
  warnings: z.array(z.string()),
  exit_code: z.literal([0, 1, 2]),
});

export type RecordedField = z.infer<typeof recordedFieldSchema>;
export type MetricSpread = z.infer<typeof metricSpreadSchema>;
export type RankChange = z.infer<typeof rankChangeSchema>;
export type DeterminismFlips = z.infer<typeof determinismFlipsSchema>;
export type DeterminismCauseFinding = z.infer<typeof determinismCauseSchema>;
export type Bt29 = z.infer<typeof bt29Schema>;
export type DeterminismModel = z.infer<typeof determinismModelSchema>;
export type DeterminismReport = z.infer<typeof determinismReportSchema>;
