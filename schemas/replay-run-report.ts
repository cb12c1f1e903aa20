import { z } from 'zod';
import { replayRunSchema } from './replay-run.ts';
import { reproducibilitySchema } from './reproducibility.ts';

/** `replay-run-report/1`: what lies as JSON beside the page of a replay. */
export const replayRunReportSchema = z
  .strictObject({ schema: z.literal('replay-run-report/1'), run: replayRunSchema, footer: reproducibilitySchema })
  .meta({ title: 'Replay', description: 'A task, what it was answered with, the answer, and what the gate says of it.' });

export type ReplayRunReport = z.infer<typeof replayRunReportSchema>;
