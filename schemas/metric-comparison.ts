import { z } from 'zod';

const count = z.number().int().nonnegative();

/** One metric over items that two sides answered. `difference` is b minus a. Null where fewer than two items leave nothing to test. */
export const metricComparisonSchema = z.strictObject({
  metric: z.string().min(1),
  n: count,
  mean_a: z.number().nullable(),
  mean_b: z.number().nullable(),
  difference: z.number().nullable(),
  /** Paired bootstrap, 95 %. */
  ci95: z.tuple([z.number(), z.number()]).nullable(),
  /** Two-sided, of the same bootstrap; never 0. */
  p: z.number().positive().max(1).nullable(),
  /** Items on which b is above a, and below it, with the exact two-sided sign test of both numbers. */
  sign: z.strictObject({ gains: count, losses: count, p: z.number().positive().max(1) }),
  /** Smallest mean difference that so many pairs would find; the paired form. */
  mde: z.strictObject({ form: z.literal('paired'), value: z.number().nonnegative().nullable() }),
  /** True when the interval leaves out 0. */
  is_distinguishable: z.boolean(),
});

export type MetricComparison = z.infer<typeof metricComparisonSchema>;
