import { z } from 'zod';
import { provenanceSchema } from './evidence.ts';
import { CATEGORIES } from './vocabulary.ts';

/** One reason: a word and the numbers or words that led to it, e.g. `reward`, `"0.67"`. */
export const scoreReasonSchema = z.strictObject({ reason: z.string(), value: z.string() });

/** `scored-run/1`: what the rules say of one evidence record. */
export const scoredRunSchema = z.strictObject({
  evidence_id: z.string(),
  category: z.enum(CATEGORIES),
  /** Name of the rule that decided; see domain/score/rules.ts. */
  rule: z.string(),
  reasons: z.array(scoreReasonSchema),
  scorer_version: z.string(),
  provenance: provenanceSchema,
});

export type ScoredRun = z.infer<typeof scoredRunSchema>;
export type ScoreReason = z.infer<typeof scoreReasonSchema>;
