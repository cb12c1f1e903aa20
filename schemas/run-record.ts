import { z } from 'zod';
import { RUN_STATES } from './vocabulary.ts';

/** `run-record/1`: what is known of a run when the engine has forgotten it. */
export const runRecordSchema = z.strictObject({
  schema: z.literal('run-record/1'),
  run_id: z.string(),
  workflow_id: z.string(),
  state: z.enum(RUN_STATES),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  /** Why it ended as it did, in words; empty for an accepted run. */
  detail: z.string(),
  sources: z.array(z.string()),
});

export type RunRecord = z.infer<typeof runRecordSchema>;
