import { z } from 'zod';
import { ADAPTERS, CATEGORIES } from './vocabulary.ts';
import { locatorSchema } from './evidence.ts';
import { scoreReasonSchema } from './scored-run.ts';

const ruleWordsSchema = z.strictObject({ rule: z.string(), when: z.string() });

/** `score-explanation/1`: what `lauter distill score --explain ID --json` prints. */
export const scoreExplanationSchema = z.strictObject({
  schema: z.literal('score-explanation/1'),
  evidence_id: z.string(),
  source: z.string(),
  adapter: z.enum(ADAPTERS),
  source_file: z.string(),
  locator: locatorSchema,
  /** 0-based line of the file at which the record begins. */
  line_offset: z.number().int().nonnegative(),
  model: z.string().nullable(),
  task: z.strictObject({ key: z.string(), text: z.string() }),
  category: z.enum(CATEGORIES),
  /** The rule that decided, when it applies, and the values that it found. */
  rule: z.string(),
  when: z.string(),
  values: z.array(scoreReasonSchema),
  /** The rules before it in the table; none of them applies. */
  passed_over: z.array(ruleWordsSchema),
  scorer_version: z.string(),
  /** What the rules of this program, with the settings of the config, say now; null when it is the same. */
  would_now_be: z.strictObject({ rule: z.string(), category: z.enum(CATEGORIES) }).nullable(),
});

export type ScoreExplanation = z.infer<typeof scoreExplanationSchema>;
