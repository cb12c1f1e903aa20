import { z } from 'zod';

const count = z.number().int().nonnegative();
const value = z.number().nullable();

/** How one metric of two arms was tested. */
export const COMPARISON_TESTS = ['mcnemar_exact', 'paired_bootstrap'] as const;

/**
 * One metric of two arms over the same questions. Differences are b minus a. Null where fewer than two questions leave nothing to test, and then
 * `significant` is false.
 */
export const pairedComparisonSchema = z
  .strictObject({
    suite: z.string(),
    metric: z.string(),
    arm_a: z.string(),
    arm_b: z.string(),
    n: count,
    mean_a: value,
    mean_b: value,
    delta: value,
    ci95: z.tuple([z.number(), z.number()]).nullable().describe('Paired bootstrap, of questions or of clusters; at the level 1 - alpha.'),
    p_raw: z.number().positive().max(1).nullable(),
    p_bonferroni: z.number().positive().max(1).nullable(),
    p_holm: z.number().positive().max(1).nullable(),
    m: count.describe('Comparisons of the family that p is corrected for.'),
    test: z.enum(COMPARISON_TESTS),
    discordant: z.strictObject({ b: count, c: count }).optional().describe('Gains and losses; of metrics that are 0 or 1.'),
    mde: z.number().nonnegative().nullable().describe('Smallest mean difference that so many questions find with power 0.80.'),
    clusters: count.optional().describe('What was drawn instead of questions, where they share a conversation.'),
    non_inferior: z
      .boolean()
      .optional()
      .describe('The lower end of the interval lies above minus the margin; only where a margin was given.'),
    significant: z.boolean().describe("The interval leaves out 0, and Bonferroni's p is at most alpha."),
    text: z.string().describe('What the row says in words; `not significant` verbatim where it is not.'),
  })
  .meta({ title: 'Paired comparison', description: 'One metric of two arms over the same questions.' });

export type PairedComparison = z.infer<typeof pairedComparisonSchema>;
