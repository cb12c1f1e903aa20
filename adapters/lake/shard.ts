import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { shardEntrySchema, type ShardEntry, type ShardPart } from '../../schemas/manifest.ts';
import { digestFile } from '../file-digest.ts';
import { identifier, literal, type Database } from './database.ts';
import { KINDS, type Kind, type KindName } from './kinds.ts';
import type { LakeLayout } from './layout.ts';
import { publishShards, type PreparedShard } from './publish-shards.ts';
import type { RowFile } from './row-files.ts';

/** Which shard is to be made, with the sums that its maker wants to keep. */
export interface ShardRequest<Of extends string = KindName> {
  readonly kind: Of;
  readonly key: string;
  readonly counts: Readonly<Record<string, unknown>>;
}

/** The entry of a finished shard, or undefined when it does not exist or one of its files is missing or of another size. */
export function findShard(layout: LakeLayout, kind: string, key: string): ShardEntry | undefined {
  const path = layout.entry(kind, key);
  if (!existsSync(path)) return undefined;
  const parsed = shardEntrySchema.safeParse(jsonOrText(readFileSync(path, 'utf8')));
  if (!parsed.success) {
    throw new LakeCorruptError(
      `reading ${path}: expected a shard entry, found something else.`,
      `Remove ${path} and run the same command again: the shard is made anew.`,
    );
  }
  return parsed.data.parts.every((part) => isAsLarge(layout, part)) ? parsed.data : undefined;
}

/** True when the file of a part is there with its size, which is all that is asked of a shard before it is taken for finished. */
export function isAsLarge(layout: LakeLayout, part: ShardPart): boolean {
  return statSync(layout.absolute(part.path), { throwIfNoEntry: false })?.size === part.bytes;
}

/** A torn entry is refused by the schema like any other text. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Where rows of a shard come from: a query, or a file of JSON lines. */
export type RowSource = { readonly sql: string } | RowFile;

/** Makes one shard of rows and publishes it. Doing it again gives the same shard. */
export async function publishShard(
  layout: LakeLayout,
  database: Database,
  request: ShardRequest,
  sources: readonly RowSource[],
  scratch: string,
): Promise<ShardEntry> {
  const [entry] = await publishShards(layout, [await prepareShard(layout, database, request, sources, scratch)]);
  return entry!;
}

/** Turns rows into the shard's Parquet files, in a scratch folder, and checks them. */
export async function prepareShard(
  layout: LakeLayout,
  database: Database,
  { kind, key, counts }: ShardRequest,
  sources: readonly RowSource[],
  scratch: string,
): Promise<PreparedShard> {
  const files: PreparedShard['files'][number][] = [];
  for (const source of sources) {
    const file = await writePart(layout, database, { kind, key, counts }, source, scratch);
    if (file !== undefined) files.push(file);
  }
  return { kind, key, counts, files };
}

function projection(kind: Kind): string {
  return Object.entries(kind.select)
    .map(([name, expression]) => `${expression} AS ${identifier(name)}`)
    .join(', ');
}

/** Twice as much is allocated for each thread, whatever the lines are like: 1 MiB instead of 16 takes 30 MB off the memory of a shard. */
const LEAST_OBJECT_BYTES = 1 << 20;

function jsonLines(kind: Kind, rowFile: { readonly path: string; readonly longestBytes: number }): string {
  const columns = Object.entries(kind.read).map(([name, type]) => `${identifier(name)}: ${literal(type)}`);
  const objectBytes = Math.max(LEAST_OBJECT_BYTES, rowFile.longestBytes + 1024);
  return `read_json(${literal(rowFile.path)}, format='newline_delimited', maximum_object_size=${objectBytes}, columns={${columns.join(', ')}})`;
}

async function writePart(
  layout: LakeLayout,
  database: Database,
  request: ShardRequest,
  source: RowSource,
  scratch: string,
): Promise<PreparedShard['files'][number] | undefined> {
  const kind: Kind = KINDS[request.kind];
  const day = 'sql' in source ? null : source.day;
  const temporary = join(scratch, `${request.kind}-${day ?? 'all'}.parquet`);
  // A file is in order already; read by one thread it stays so.
  const rows = 'sql' in source ? `(${source.sql}) ORDER BY ${kind.order ?? 'place'}` : jsonLines(kind, source);
  const marks = `KV_METADATA {kind: ${literal(request.kind)}, key: ${literal(request.key)}, schema: 'lake/1'}`;
  await database.run(
    `COPY (SELECT ${projection(kind)} FROM ${rows}) TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880, ${marks})`,
  );
  const [check] = await database.rows<{ rows: number }>(`SELECT num_rows AS rows FROM parquet_file_metadata(${literal(temporary)})`);
  const stored = check?.rows ?? 0;
  if (!('sql' in source) && stored !== source.rows) {
    throw new LakeCorruptError(
      `writing ${request.kind} ${request.key}: expected ${source.rows} rows on disk, found ${stored}.`,
      'Run the same command again.',
    );
  }
  if (stored === 0) return undefined;
  const { sha256, bytes } = digestFile(temporary);
  return { path: temporary, part: { path: layout.part(request.kind, request.key, day), day, rows: stored, bytes, sha256 } };
}
