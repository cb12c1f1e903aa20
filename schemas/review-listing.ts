import { z } from 'zod';
import { evidenceSchema, locatorSchema, signalsSchema } from './evidence.ts';
import { scoreReasonSchema } from './scored-run.ts';
import { verdictSchema } from './verdict.ts';

const count = z.number().int().nonnegative();

/** `review-listing/1`: what `lauter distill review --json` prints. */
export const reviewListingSchema = z.strictObject({
  schema: z.literal('review-listing/1'),
  run_id: z.string(),
  /** What was asked for; null where all of it was. */
  asked: z.strictObject({ source: z.string().nullable(), rule: z.string().nullable() }),
  /** Records that wait, and those of them on which somebody has given a verdict. */
  total: count,
  with_verdict: count,
  /** By the rule that sent them here and the names of its reasons, the largest group first. */
  groups: z.array(z.strictObject({ rule: z.string(), when: z.string(), reasons: z.array(z.string()), rows: count })),
  /** The first rows, by rule, source and place. */
  rows: z.array(
    z.strictObject({
      evidence_id: z.string(),
      source: z.string(),
      source_file: z.string(),
      locator: locatorSchema,
      /** 0-based line of the file at which the record begins. */
      line_offset: count,
      /** `start` is the first line of the task's text, cut. */
      task: z.strictObject({ key: z.string(), start: z.string() }),
      rule: z.string(),
      reasons: z.array(scoreReasonSchema),
      /** What the source itself says. */
      outcome: evidenceSchema.shape.outcome,
      signals: signalsSchema,
      /** What people have said in reviews; the last word of each. */
      verdicts: z.array(verdictSchema.omit({ schema: true, evidence_id: true })),
    }),
  ),
  /** True when `rows` are all there are. */
  complete: z.boolean(),
});

export type ReviewListing = z.infer<typeof reviewListingSchema>;
