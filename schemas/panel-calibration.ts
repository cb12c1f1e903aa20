import { z } from 'zod';

const count = z.number().int().nonnegative();
const score = z.number().min(1).max(10);
const error = z.number().nullable();

/** A line of a calibration file: an output whose worth is known, by dimension or in one score. */
export const panelCalibrationRowSchema = z
  .strictObject({
    id: z.string().min(1),
    task: z.string().min(1),
    output: z.string().min(1),
    score: score.optional().describe('What the output is worth in all; left out where `scores` tells it by dimension.'),
    scores: z.record(z.string(), score).optional(),
    injected: z.boolean().default(false).describe('The output tries to make the judge do something else; it is worth less than a pass.'),
  })
  .refine(({ score: one, scores }) => (one === undefined) !== (scores === undefined), 'expected either score or scores')
  .refine(({ scores }) => scores === undefined || Object.keys(scores).length > 0, 'expected a score for a dimension at least')
  .refine(
    ({ injected, score: one, scores }) => !injected || [one ?? 10, ...Object.values(scores ?? {})].some((each) => each < 7),
    'expected a label below 7 for an injected output',
  )
  .meta({ title: 'Panel calibration row', description: 'An output whose worth is known.' });

const errorsSchema = z.strictObject({ rows: count, mean_error: error, mean_absolute_error: error });

/** How judges did on rows whose worth is known. Errors are the judge's score less the label; null without rows. */
export const panelCalibrationSchema = z
  .strictObject({
    rows: count,
    injected_rows: count,
    judges: z.array(
      z.strictObject({
        id: z.string(),
        model: z.string(),
        scored: count,
        failures: count.describe('Rows on which the judge gave no scores.'),
        overall: errorsSchema.describe('Of the mean over the dimensions that the label tells.'),
        dimensions: z.record(z.string(), errorsSchema),
        confusion: z
          .strictObject({ true_pass: count, false_pass: count, true_fail: count, false_fail: count })
          .describe("The judge's own verdict against that of the label; `false_pass`: passed what should fail."),
        injected: z.strictObject({ scored: count, passed: count }).describe('Outputs that tried to make the judge do something else.'),
      }),
    ),
  })
  .meta({ title: 'Panel calibration', description: 'How judges did on rows whose worth is known.' });

export type PanelCalibrationRow = z.infer<typeof panelCalibrationRowSchema>;
export type PanelCalibration = z.infer<typeof panelCalibrationSchema>;
