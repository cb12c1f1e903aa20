import { z } from 'zod';
import { inferenceSlotSchema } from './inference-slot.ts';
import { slotGuestSchema } from './slot-guest.ts';
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

const count = z.number().int().nonnegative();

/** A run or sweep that has not been measured to its end. */
export const benchWorkSchema = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['run', 'sweep']),
  /** `running`: the command that owns it lives, or somebody calls the model for it. */
  state: z.enum(['running', 'unfinished']),
  models: z.array(z.string()),
  started_at: z.iso.datetime(),
  /** Runs that were measured to their end, of all. */
  runs_done: count,
  runs: count,
  /** The run that is measured, or is next. */
  run_id: z.string().min(1),
  /** Finished calls of that run, of those that are planned; null before there is a plan. */
  calls_done: count.nullable(),
  calls: count.nullable(),
  /** How it stopped last; null when nobody wrote that down. */
  why: z.string().nullable(),
  /** The command that goes on with it; null while somebody works on it. */
  resume: z.string().nullable(),
});
export type BenchWork = z.infer<typeof benchWorkSchema>;

/** `bench-status/1`: what `lauter bench status --json` prints. */
export const benchStatusSchema = z.strictObject({
  schema: z.literal('bench-status/1'),
  workspace: z.string(),
  /** The newest first. */
  work: z.array(benchWorkSchema),
  /** Who has the one place at an inference server. */
  slots: z.array(inferenceSlotSchema),
  /** Calls of replays that are at an inference server now. */
  guests: z.array(slotGuestSchema),
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
