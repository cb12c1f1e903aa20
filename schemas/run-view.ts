import { z } from 'zod';
import { RUN_STATES, STAGES } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** Where a run is while it goes on. */
export const runPositionSchema = z.strictObject({
  stage: z.enum(['plan', ...STAGES]),
  /** Pieces of the stage. */
  done: count,
  total: count,
  rows: count,
  in_flight: count,
});

/** What lake and engine together know of a run; part of every document about runs. */
export const runViewSchema = z.strictObject({
  run_id: z.string(),
  state: z.enum(RUN_STATES),
  /** Why it is in that state, in words; empty where the state says all. */
  detail: z.string(),
  workflow_id: z.string().nullable(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  sources: z.array(z.string()),
  /** The stage that is going on or comes next; null once the run has ended. */
  stage: z.enum(['plan', ...STAGES]).nullable(),
  /** Null unless a worker answers for the run. */
  position: runPositionSchema.nullable(),
  /** Who paused it: a person, or the interrupt of its command. */
  paused_by: z.enum(['user', 'interrupt']).nullable(),
  /** Whether a worker answers for the run; null where that does not matter or cannot be asked. */
  worked_on: z.boolean().nullable(),
});

/** The engine's server, as a command that only looks has found it. */
export const engineStateSchema = z.strictObject({ state: z.enum(['answering', 'silent', 'stopped']), address: z.string().nullable() });

export type RunPosition = z.infer<typeof runPositionSchema>;
export type RunView = z.infer<typeof runViewSchema>;
export type EngineState = z.infer<typeof engineStateSchema>;
