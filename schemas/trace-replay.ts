import { z } from 'zod';
import { groundingSchema } from './replay-run.ts';
import { TRACE_STATES, traceSchema } from './trace.ts';

/** `trace-replay/1`: what `lauter trace ID --json` prints of a replay run: the chain of every playbook that its bundle held. */
export const traceReplaySchema = z.strictObject({
  schema: z.literal('trace-replay/1'),
  asked: z.string(),
  replay_id: z.string(),
  /** Where the run stands: a line of the log, or a row of an archive and in it one of the copies; both are 1-based. */
  file: z.string(),
  line: z.number().int().positive(),
  copy: z.number().int().positive().optional(),
  task: z.string(),
  model: z.string(),
  answer: z.string(),
  grounding: z.array(groundingSchema),
  bundle_digest: z.string(),
  /** False when the bundle, as it stands in the log, has another digest. */
  bundle_holds: z.boolean(),
  /** `broken` when the bundle or a chain is, else `unprovable` when a chain is. */
  verdict: z.enum(TRACE_STATES),
  /** In the order of the bundle. `trace` is null for a playbook that no run of this workspace has. */
  playbooks: z.array(z.strictObject({ use: z.enum(['exemplar', 'warning']), id: z.string(), trace: traceSchema.nullable() })),
});

export type TraceReplay = z.infer<typeof traceReplaySchema>;
