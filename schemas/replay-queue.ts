import { z } from 'zod';

const count = z.number().int().nonnegative();
const usd = z.number().nonnegative();

/** What became of the tasks of a queue; they add up to `tasks`. */
const replayCountsSchema = z.strictObject({
  tasks: count,
  passed: count,
  refused: count,
  /** No model gave an answer, or the task could not be put to one. */
  unanswered: count,
  skipped_budget: count,
  /** Of those that were answered: by the second model. */
  escalated: count,
});

/** `replay-queue/1`: what `lauter replay queue --json` prints. */
export const replayQueueReportSchema = z.strictObject({
  schema: z.literal('replay-queue/1'),
  run_id: z.string().min(1),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  /** `accepted`: the gate let every answer pass. `unfinished`: a task has no answer. */
  verdict: z.enum(['accepted', 'refused', 'unfinished']),
  model: z.string().min(1),
  counts: replayCountsSchema,
  estimated_usd: usd,
  cost_usd: usd,
  tasks: z.array(
    z.strictObject({
      id: z.string().min(1),
      state: z.enum(['passed', 'refused', 'unanswered', 'skipped_budget']),
      /** Why the gate refused it, or why nobody answered. */
      reasons: z.array(z.string()),
      /** Its row in the log; null where there is none. */
      replay_id: z.string().nullable(),
    }),
  ),
});

export type ReplayQueueReport = z.infer<typeof replayQueueReportSchema>;
