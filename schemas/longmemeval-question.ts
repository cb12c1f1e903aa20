import { z } from 'zod';

/** What was said once. `has_answer`, which marks evidence, is never read. */
const turn = z.object({ role: z.string(), content: z.string() });

const session = z.object({ session_id: z.string().nullish(), date: z.string().nullish(), turns: z.array(turn) });

/** One question of LongMemEval with its haystack: sessions as lists of turns beside their ids and dates, or as objects. */
export const longMemEvalQuestionSchema = z
  .object({
    question_id: z.string().min(1),
    question_type: z.string().min(1).default('unknown'),
    question: z.string().min(1),
    answer: z.union([z.string(), z.number()]).nullish(),
    question_date: z.string().nullish(),
    haystack_sessions: z.array(z.union([z.array(turn), session])),
    haystack_session_ids: z.array(z.string().nullable()).nullish(),
    haystack_dates: z.array(z.string().nullable()).nullish(),
    answer_session_ids: z.array(z.string()).default([]),
  })
  .meta({ title: 'LongMemEval question', description: 'A question with the sessions that its answer is to be found in.' });

export type LongMemEvalQuestion = z.infer<typeof longMemEvalQuestionSchema>;
export type LongMemEvalTurn = z.infer<typeof turn>;
