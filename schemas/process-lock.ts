import { z } from 'zod';

/** `lock/1`: what an exclusive lock file says about the process that holds it. */
export const processLockSchema = z.strictObject({
  schema: z.literal('lock/1'),
  pid: z.number().int().positive(),
  /** When that process started, in the form of its operating system; tells a reused process id apart. */
  pid_started: z.string(),
  host: z.string(),
  /** Version of the program that holds the lock; empty where it does not matter. */
  version: z.string(),
});
export type ProcessLock = z.infer<typeof processLockSchema>;
