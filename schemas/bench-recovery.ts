import { z } from 'zod';

/** `bench-recovery/1`: what `lauter bench recover --json` prints. */
export const benchRecoverySchema = z.strictObject({
  schema: z.literal('bench-recovery/1'),
  /**
   * `nothing_to_do`: no lease. `recovered`: production is resumed, verified, and the marker is gone. `refused`: the owner lives. `not_verified`:
   * production may still be paused; the marker stays. `impossible`: nobody knows which production to resume; the marker stays.
   */
  outcome: z.enum(['nothing_to_do', 'recovered', 'refused', 'not_verified', 'impossible']),
  production_url: z.string().nullable(),
  owner: z.string().nullable(),
  token: z.number().int().positive().nullable(),
  /** What was found, in words; empty where there is nothing to say. */
  found: z.string(),
  /** What to do next; empty where nothing is left to do. */
  remedy: z.string(),
  /** Where a marker was moved that could not be read. */
  moved_aside: z.boolean(),
});
export type BenchRecovery = z.infer<typeof benchRecoverySchema>;
