import { z } from 'zod';
import { usageSchema } from './evidence.ts';

/** `recorded-answer/1`: an answer that is played back to whoever asks the same. The digest is `request_digest` of a replay run. */
export const recordedAnswerSchema = z.strictObject({
  schema: z.literal('recorded-answer/1'),
  request_digest: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
  answer: z.string(),
  usage: usageSchema.optional(),
});

export type RecordedAnswer = z.infer<typeof recordedAnswerSchema>;
