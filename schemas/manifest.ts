import { z } from 'zod';

const count = z.number().int().nonnegative();

/** One Parquet file of a shard. `path` is relative to the lake; `sha256` is of its bytes and only proves that the file is whole. */
export const partSchema = z.strictObject({ path: z.string(), day: z.string().nullable(), rows: count, bytes: count, sha256: z.string() });

/** `shard/1`: the entry that makes a shard exist. Written last, by rename. `counts` are sums that the shard's maker wants to keep. */
export const shardEntrySchema = z.strictObject({
  schema: z.literal('shard/1'),
  kind: z.string(),
  key: z.string(),
  rows: count,
  parts: z.array(partSchema),
  counts: z.record(z.string(), z.unknown()),
});

/** `manifest/1`: a dataset version. Readers follow it, never a glob. */
export const manifestSchema = z.strictObject({
  schema: z.literal('manifest/1'),
  kind: z.string(),
  rows: count,
  row_digest: z.string(),
  content_digest: z.string(),
  /** Of a dataset whose tables have a version of their own. */
  store_version: z.number().int().positive().exactOptional(),
  shards: z.array(z.strictObject({ key: z.string(), rows: count, parts: z.array(partSchema) })),
  /** (shard, place) of the rows that a reader leaves out: exact duplicates of rows that survive elsewhere. Null when there are none. */
  excluded: partSchema.nullable(),
});

/** `head/1`: the current version of a kind. Changes by rename only. */
export const headSchema = z.strictObject({ schema: z.literal('head/1'), kind: z.string(), manifest: z.string(), run_id: z.string() });

export type ShardEntry = z.infer<typeof shardEntrySchema>;
export type ShardPart = z.infer<typeof partSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
export type Head = z.infer<typeof headSchema>;
