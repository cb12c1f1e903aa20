import { z } from 'zod';
import { runViewSchema } from './run-view.ts';

/** `run-progress/1`: one line of `lauter runs watch --json`; there is one for every change, and the last one has the state the run ended in. */
export const runProgressSchema = z.strictObject({ schema: z.literal('run-progress/1'), at: z.string(), run: runViewSchema });

export type RunProgressLine = z.infer<typeof runProgressSchema>;
