import { z } from 'zod';
import { CATEGORIES } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** `review-decision/1`: what `lauter distill review --decide FILE --json` prints. */
export const reviewDecisionSchema = z.strictObject({
  schema: z.literal('review-decision/1'),
  file: z.string(),
  /** Verdicts that were appended to the ledger, and those that the same person had given in the same words before. */
  appended: count,
  unchanged: count,
  /** Records they are about. */
  records: count,
  by: z.array(z.strictObject({ by: z.string(), verdicts: count })),
  /** What these records are now, and what the next scoring makes of them with the present rules and settings. */
  outlook: z.array(
    z.strictObject({ category: z.enum(CATEGORIES), becomes: z.enum(CATEGORIES), rule: z.string(), when: z.string(), records: count }),
  ),
  /** The command that takes the verdicts into account. */
  next: z.string(),
});

export type ReviewDecision = z.infer<typeof reviewDecisionSchema>;
