import { z } from 'zod';

/** `pause-guard/1`: the sign of life of the process that guards the pause of one production system, rewritten every few seconds. */
export const pauseGuardSchema = z.strictObject({
  schema: z.literal('pause-guard/1'),
  pid: z.number().int().positive(),
  /** When that process started, in the form of its operating system; tells a reused process id apart. */
  pid_started: z.string(),
  host: z.string(),
  production_url: z.string(),
  beat_at: z.iso.datetime(),
  /** The lease that it guards; null while there is none. */
  token: z.number().int().positive().nullable(),
  /** `idle`: no lease yet. `ending`: gone in a moment, and of no use to a new lease. */
  doing: z.enum(['idle', 'guarding', 'resuming', 'ending']),
  /** What kept it from resuming when it last tried. */
  problem: z.string().nullable(),
});
export type PauseGuardBeat = z.infer<typeof pauseGuardSchema>;

/** `pause-guard-settings/1`: what a guard is started with, in its environment, where other users cannot read it. */
export const pauseGuardSettingsSchema = z.strictObject({
  schema: z.literal('pause-guard-settings/1'),
  workspace: z.string().min(1),
  /** Names the production system in files and queues. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  production_url: z.string().min(1),
  /** Queue that its activities run on. */
  queue: z.string().min(1),
  /** How long it waits for a lease before it goes away. */
  idle_s: z.number().positive(),
  /** How long a marker may stand that cannot be read. */
  ttl_s: z.number().positive(),
  /** How often it looks at the marker. */
  poll_ms: z.number().positive(),
});
export type PauseGuardSettings = z.infer<typeof pauseGuardSettingsSchema>;
