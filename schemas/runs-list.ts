import { z } from 'zod';
import { engineStateSchema, runViewSchema } from './run-view.ts';

/** `runs-list/1`: what `lauter runs list --json` prints, newest run first. */
export const runsListSchema = z.strictObject({
  schema: z.literal('runs-list/1'),
  workspace: z.string(),
  engine: engineStateSchema,
  runs: z.array(runViewSchema),
});

export type RunsList = z.infer<typeof runsListSchema>;
