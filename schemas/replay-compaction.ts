import { z } from 'zod';

const count = z.number().int().nonnegative();

/** `replay-compaction/1`: what `lauter replay compact --json` prints. */
export const replayCompactionSchema = z.strictObject({
  schema: z.literal('replay-compaction/1'),
  /** `refused`: lines of the log are no runs that this version can read, and it was left as it is. */
  state: z.enum(['compacted', 'nothing_to_do', 'refused']),
  /** Of the log when the command came to it, and what it may have. */
  log_bytes: count,
  max_bytes: count,
  /** What was packed now: a row for each distinct task, bundle and answer, with all runs that gave it. */
  archives: z.array(z.strictObject({ file: z.string(), runs: count, rows: count, bytes: count, log_bytes: count })),
  /** How many lines of the log stand in the way, and the first of them; `line` is 1-based. */
  unreadable_lines: count,
  unreadable: z.array(z.strictObject({ line: z.number().int().positive(), why: z.string() })),
  /** Bytes of a last line that was cut off while it was written; like an append, this cleared it away. */
  torn_bytes: count,
});

export type ReplayCompaction = z.infer<typeof replayCompactionSchema>;
