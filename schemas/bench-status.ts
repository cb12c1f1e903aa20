import { z } from 'zod';
import { LEASE_STATES, PAUSE_ALARMS, type PauseAlarm } from './vocabulary.ts';

const alarmNames = Object.keys(PAUSE_ALARMS) as [PauseAlarm, ...PauseAlarm[]];

/** The pause of a workspace's production system, as it stands. Times left are negative when they have run out. */
export const pauseStatusSchema = z.strictObject({
  owner: z.string(),
  token: z.number().int().positive(),
  state: z.enum(LEASE_STATES),
  production_url: z.string(),
  host: z.string(),
  pid: z.number().int().positive(),
  age_s: z.number(),
  ttl_left_s: z.number(),
  deadline_left_s: z.number(),
});
export type PauseStatus = z.infer<typeof pauseStatusSchema>;

/** `bench-status/1`: what `lauter bench status --json` prints. */
export const benchStatusSchema = z.strictObject({
  schema: z.literal('bench-status/1'),
  workspace: z.string(),
  /** Null while nothing is paused, and where the marker cannot be read. */
  lease: pauseStatusSchema.nullable(),
  /** The process that ends the pause whatever happens; null where none is needed or known. */
  guard: z
    .strictObject({
      state: z.enum(['answers', 'silent', 'gone']),
      pid: z.number().int().positive().nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
  /** Whether a watchdog outside may take the marker as the reason for a silent production. */
  mutes_watchdogs: z.boolean(),
  alarms: z.array(z.strictObject({ alarm: z.enum(alarmNames), text: z.string() })),
  warnings: z.array(z.string()),
  /** The command that ends a pause that is an alarm; null without one. */
  remedy: z.string().nullable(),
});
export type BenchStatus = z.infer<typeof benchStatusSchema>;
