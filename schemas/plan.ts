import { z } from 'zod';
import { ADAPTERS } from './vocabulary.ts';

const count = z.number().int().nonnegative();

/** A piece of a source file that is read in one go: a block of lines, or a whole file. */
export const sourcePartSchema = z.strictObject({
  /** Absolute path, for reading. */
  path: z.string(),
  /** Path as it is recorded: as the user gave it, with `/`. */
  source_file: z.string(),
  layout: z.enum(['lines', 'elements', 'document', 'session', 'log', 'archive', 'parquet', 'traces']),
  compression: z.enum(['none', 'gzip', 'zstd']),
  /** Byte range of the file as it lies on disk. */
  start: count,
  end: count,
  /** 0-based number of the first line of the range. */
  line: count,
  /** True when the range ends with the file. */
  is_last: z.boolean(),
  /** sha256 of the bytes at the time of planning. */
  digest: z.string(),
  file_time: z.string(),
});

/** Parts that become one shard of evidence. */
export const sourceShardSchema = z.strictObject({
  key: z.string(),
  source: z.string(),
  adapter: z.enum(ADAPTERS),
  options: z.record(z.string(), z.unknown()),
  parts: z.array(sourcePartSchema),
});

/** `plan/1`: what a run is going to read, fixed before the first row is written. */
export const planSchema = z.strictObject({
  schema: z.literal('plan/1'),
  run_id: z.string(),
  sources: z.array(z.strictObject({ name: z.string(), adapter: z.enum(ADAPTERS), files: count, bytes: count })),
  ignored: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
  shards: z.array(sourceShardSchema),
});

export type Plan = z.infer<typeof planSchema>;
export type SourceShard = z.infer<typeof sourceShardSchema>;
export type SourcePart = z.infer<typeof sourcePartSchema>;
