import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { shardEntrySchema, type ShardEntry, type ShardPart } from '../../schemas/manifest.ts';
import { syncFile, syncFolder, writeJsonAtomically, writeWhole } from '../atomic-write.ts';
import { sha256 } from '../digest.ts';
import { translateDiskFull } from '../disk-full.ts';
import { identifier, literal, type Database } from './database.ts';
import { KINDS, type Kind, type KindName } from './kinds.ts';
import type { LakeLayout } from './layout.ts';

/** Takes the rows of a shard as JSON texts, in order. */
export interface RowSink {
  readonly rows: number;
  write(json: string): void;
}

export interface ShardRequest {
  readonly kind: KindName;
  readonly key: string;
  readonly counts: Readonly<Record<string, unknown>>;
}

/** The entry of a finished shard, or undefined when it does not exist or one of its files is missing or of another size. */
export function findShard(layout: LakeLayout, kind: string, key: string): ShardEntry | undefined {
  const path = layout.entry(kind, key);
  if (!existsSync(path)) return undefined;
  const parsed = shardEntrySchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) {
    throw new LakeCorruptError(`reading ${path}: expected a shard entry, found something else.`, `Remove ${path} and run the same command again: the shard is made anew.`);
  }
  const isWhole = parsed.data.parts.every((part) => statSync(layout.absolute(part.path), { throwIfNoEntry: false })?.size === part.bytes);
  return isWhole ? parsed.data : undefined;
}

/** A file of JSON lines that grows row by row, in writes of about 1 MiB. */
export function openRowFile(path: string): RowSink & { close(): void; longestBytes(): number } {
  const file = openSync(path, 'wx');
  let pending: string[] = [];
  let pendingChars = 0;
  let rows = 0;
  let longest = 0;
  const flush = (): void => {
    if (pending.length === 0) return;
    try {
      writeWhole(file, Buffer.from(`${pending.join('\n')}\n`));
    } catch (error) {
      throw translateDiskFull(error) ?? error;
    }
    pending = [];
    pendingChars = 0;
  };
  return {
    get rows() {
      return rows;
    },
    write(json) {
      pending.push(json);
      pendingChars += json.length;
      if (json.length > longest) longest = json.length;
      rows += 1;
      if (pendingChars > 1 << 20) flush();
    },
    longestBytes: () => longest * 3,
    close() {
      try {
        flush();
      } finally {
        closeSync(file);
      }
    },
  };
}

/**
 * Turns rows (a query, or a file of JSON lines) into the shard's Parquet files, checks them, and publishes them by rename; the entry is written last,
 * so a shard exists completely or not at all. Doing it again gives the same shard.
 */
export async function publishShard(layout: LakeLayout, database: Database, request: ShardRequest, rows: RowSource, scratch: string): Promise<ShardEntry> {
  const kind: Kind = KINDS[request.kind];
  const parts: ShardPart[] = [];
  if (rows.rows !== 0) {
    const from = 'sql' in rows ? `(${rows.sql})` : jsonLines(kind, rows);
    await database.run(`CREATE OR REPLACE TEMP TABLE shard_rows AS SELECT ${projection(kind)} FROM ${from}`);
    for (const day of kind.day === undefined ? [null] : await daysOf(database, kind.day)) {
      parts.push(await writePart(layout, database, request, kind, day, scratch));
    }
    await database.run('DROP TABLE shard_rows');
  }
  const stored = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows.rows !== undefined && stored !== rows.rows) {
    throw new LakeCorruptError(`writing ${request.kind} ${request.key}: expected ${rows.rows} rows on disk, found ${stored}.`, 'Run the same command again.');
  }
  const entry: ShardEntry = { schema: 'shard/1', kind: request.kind, key: request.key, rows: stored, parts, counts: { ...request.counts } };
  writeJsonAtomically(layout.entry(request.kind, request.key), entry);
  return entry;
}

/** Where a shard's rows come from. `rows` is their number where it is known beforehand. */
export type RowSource =
  | { readonly sql: string; readonly rows?: number }
  | { readonly path: string; readonly rows: number; readonly longestBytes: number };

function projection(kind: Kind): string {
  return Object.entries(kind.select)
    .map(([name, expression]) => `${expression} AS ${identifier(name)}`)
    .join(', ');
}

const DEFAULT_OBJECT_BYTES = 16 << 20;

function jsonLines(kind: Kind, rowFile: { readonly path: string; readonly longestBytes: number }): string {
  const columns = Object.entries(kind.read).map(([name, type]) => `${identifier(name)}: ${literal(type)}`);
  const objectBytes = Math.max(DEFAULT_OBJECT_BYTES, rowFile.longestBytes + 1024);
  return `read_json(${literal(rowFile.path)}, format='newline_delimited', maximum_object_size=${objectBytes}, columns={${columns.join(', ')}})`;
}

async function daysOf(database: Database, column: string): Promise<string[]> {
  const rows = await database.rows<{ day: string }>(`SELECT DISTINCT ${identifier(column)} AS day FROM shard_rows ORDER BY day`);
  return rows.map((row) => row.day);
}

async function writePart(
  layout: LakeLayout,
  database: Database,
  request: ShardRequest,
  kind: Kind,
  day: string | null,
  scratch: string,
): Promise<ShardPart> {
  const temporary = join(scratch, `${request.kind}-${day ?? 'all'}.parquet`);
  const where = day === null || kind.day === undefined ? '' : `WHERE ${identifier(kind.day)} = ${literal(day)}`;
  const marks = `KV_METADATA {kind: ${literal(request.kind)}, key: ${literal(request.key)}, schema: 'lake/1'}`;
  await database.run(
    `COPY (SELECT * FROM shard_rows ${where} ORDER BY ${kind.order ?? 'place'}) TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, ${marks})`,
  );
  const [check] = await database.rows<{ rows: number }>(`SELECT num_rows AS rows FROM parquet_file_metadata(${literal(temporary)})`);
  syncFile(temporary);
  const path = layout.part(request.kind, request.key, day);
  const final = layout.absolute(path);
  mkdirSync(dirname(final), { recursive: true });
  const part = { path, day, rows: check?.rows ?? 0, bytes: statSync(temporary).size, sha256: sha256(readFileSync(temporary)) };
  renameSync(temporary, final);
  syncFolder(dirname(final));
  return part;
}
