import { z } from 'zod';
import { pairedComparisonSchema } from './paired-comparison.ts';

const count = z.number().int().nonnegative();
const p = z.number().positive().max(1);
const share = z.number().min(0).max(1);
const version = z.literal(1);

/** What `lauter stats mcnemar --json` prints. */
export const mcnemarReportSchema = z
  .strictObject({ schema_version: version, b: count, c: count, n: count.describe('Questions that differ: b + c.'), p })
  .meta({ title: 'McNemar report', description: "McNemar's exact test of two counts." });

/** What `lauter stats wilson --json` prints. */
export const wilsonReportSchema = z
  .strictObject({
    schema_version: version,
    k: count.describe('As it was counted: at most n.'),
    n: count,
    point: share,
    lower: share,
    upper: share,
    note: z.string().optional(),
  })
  .meta({ title: 'Wilson report', description: 'A proportion with its Wilson score interval, 95 %.' });

/** What `lauter stats bootstrap --json` prints. */
export const bootstrapReportSchema = z
  .strictObject({
    schema_version: version,
    n: count,
    mean: z.number().nullable(),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
    p: p.nullable().describe('Of the bootstrap, whatever the scores are.'),
    smallest_p: p.describe('Smallest p that so many resamples can give.'),
    seed: count,
    resamples: count,
    alpha: z.number().gt(0).lt(1),
    margin: z.number().nonnegative().nullable(),
    stream: z.string().describe('The text that names the stream of chance.'),
    comparison: pairedComparisonSchema,
  })
  .meta({ title: 'Bootstrap report', description: 'Paired bootstrap of the scores in a file.' });

/** What `lauter stats mde --json` prints. */
export const detectableReportSchema = z
  .strictObject({
    schema_version: version,
    mde: z.number().nonnegative().nullable().describe('Null for fewer than two questions.'),
    sd: z.number().nonnegative().nullable(),
    n: count,
    comparisons: count.positive(),
    alpha: z.number().gt(0).lt(1),
    power: z.literal(0.8),
  })
  .meta({ title: 'Minimum detectable effect', description: 'Smallest mean difference that so many questions find.' });

/** What `lauter stats rbo --json` prints. */
export const overlapReportSchema = z
  .strictObject({
    schema_version: version,
    rbo: share,
    jaccard: share,
    p: z.number().gt(0).lt(1),
    n_a: count.describe('Keys of the first list, each counted once.'),
    n_b: count,
  })
  .meta({ title: 'Overlap report', description: 'Rank-biased overlap of two lists.' });

export type McnemarReport = z.infer<typeof mcnemarReportSchema>;
export type WilsonReport = z.infer<typeof wilsonReportSchema>;
export type BootstrapReport = z.infer<typeof bootstrapReportSchema>;
export type DetectableReport = z.infer<typeof detectableReportSchema>;
export type OverlapReport = z.infer<typeof overlapReportSchema>;
