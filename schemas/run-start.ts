import { z } from 'zod';

/** `run-start/1`: what a run is and which command began it; all that is left of a run that the engine lost before it had planned. */
export const runStartSchema = z.strictObject({
  schema: z.literal('run-start/1'),
  run_id: z.string(),
  workflow_id: z.string(),
  started_at: z.string(),
  /** Folder that the command stood in; its relative paths start there. */
  cwd: z.string(),
  /** Words of the command line after `lauter`. */
  command: z.array(z.string()),
});

export type RunStart = z.infer<typeof runStartSchema>;
