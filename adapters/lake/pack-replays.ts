import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import { syncFile } from '../atomic-write.ts';
import { sha256Of } from '../digest.ts';
import { readLinesOf } from '../file-lines.ts';
import { ARCHIVE_SCHEMA, archivedLines } from '../replay-archive.ts';
import { literal, type Database } from './database.ts';
import { lakeLayout } from './layout.ts';
import { OpenReplayRow, REPLAY_ARCHIVE_COLUMNS } from './replay-row.ts';
import { RowFiles, type RowFile } from './row-files.ts';
import { withDatabase } from './shard-draft.ts';

/** The beginning of a file of lines: whole runs, and nothing else. */
export interface LogPart {
  readonly path: string;
  readonly bytes: number;
}

/** What came of packing: `rows` are distinct by task, bundle and answer, `runs` all that stand in them. */
export interface PackedReplays {
  readonly runs: number;
  readonly rows: number;
  /** Of the Parquet file. */
  readonly bytes: number;
}

const LIMITS = { threads: 1, memoryMb: 512 };
/** Copies beyond begin another row, so that no row outgrows memory, however often the same was answered. */
const MAX_ROW_CHARS = 4 << 20;
const MAX_LINE_BYTES = 1 << 30;
const ROW_GROUP_ROWS = 2_048;

/**
 * Packs a part of the log into one Parquet file, a row for each distinct task, bundle and answer in the order of its first run, reads it back, and hands
 * its path to `publish`, which moves it. The same bytes make the same file. Memory is bounded by the keys of the runs. DiskFullError without room.
 */
export function packReplays(workspace: string, log: LogPart, publish: (parquetPath: string) => void): Promise<PackedReplays> {
  return withDatabase(lakeLayout(join(workspace, 'lake')), LIMITS, async (database, scratch) => {
    const found = await findGroups(log);
    const rows = writeRows(log.path, found.groups, scratch);
    const parquet = join(scratch, 'replays.parquet');
    await writeParquet(database, rows, parquet);
    const packed = await readBack(parquet);
    if (packed.runs !== found.runs || packed.sum !== found.sum) {
      throw new LakeCorruptError(
        `packing ${log.path}: expected its ${found.runs} runs on disk as they are, found ${packed.runs} or others.`,
        'Nothing was moved. Run the same command again.',
      );
    }
    syncFile(parquet);
    const bytes = statSync(parquet).size;
    publish(parquet);
    return { runs: packed.runs, rows: rows.rows, bytes };
  });
}

/** Where a line stands in the log. */
interface Place {
  readonly line: number;
  readonly start: number;
  readonly bytes: number;
}

async function findGroups({ path, bytes: endByte }: LogPart): Promise<{ groups: Iterable<readonly Place[]>; runs: number; sum: string }> {
  const groups = new Map<string, Place[]>();
  const sum = startSum();
  let [start, runs] = [0, 0];
  for await (const { line, bytes } of readLinesOf(path, MAX_LINE_BYTES, () => undefined)) {
    if (start >= endByte) break;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    const { task_hash, bundle_digest, answer } = JSON.parse(text) as ReplayRun;
    const key = sha256Of(task_hash, bundle_digest, answer);
    const place = { line, start, bytes: bytes.length };
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
    sum.add(line, text);
    start += bytes.length + 1;
    runs += 1;
  }
  return { groups: groups.values(), runs, sum: sum.hex() };
}

function writeRows(path: string, groups: Iterable<readonly Place[]>, scratch: string): RowFile {
  const files = new RowFiles(scratch, 'replays');
  const log = openSync(path, 'r');
  try {
    for (const group of groups) for (const row of rowsOf(log, group)) files.write(row);
  } finally {
    closeSync(log);
  }
  return files.close()[0]!;
}

function* rowsOf(log: number, places: readonly Place[]): Iterable<string> {
  let row: OpenReplayRow | undefined;
  for (const place of places) {
    const text = readText(log, place);
    if (row !== undefined && row.size < MAX_ROW_CHARS) row.add(place.line, text);
    else {
      if (row !== undefined) yield row.json();
      row = new OpenReplayRow(place.line, text);
    }
  }
  if (row !== undefined) yield row.json();
}

function readText(file: number, { start, bytes }: Place): string {
  const buffer = Buffer.allocUnsafe(bytes);
  for (let done = 0; done < bytes;) {
    const read = readSync(file, buffer, done, bytes - done, start + done);
    if (read === 0) break;
    done += read;
  }
  return buffer.toString();
}

async function writeParquet(database: Database, { path, longestBytes }: RowFile, parquet: string): Promise<void> {
  const columns = Object.entries(REPLAY_ARCHIVE_COLUMNS).map(([name, type]) => `${name}: ${literal(type)}`);
  const objectBytes = Math.max(1 << 20, longestBytes + 1024);
  const rows = `read_json(${literal(path)}, format='newline_delimited', maximum_object_size=${objectBytes}, columns={${columns.join(', ')}})`;
  const form = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, KV_METADATA {schema: ${literal(ARCHIVE_SCHEMA)}}`;
  await database.run(`COPY (SELECT * FROM ${rows}) TO ${literal(parquet)} (${form})`);
}

async function readBack(path: string): Promise<{ runs: number; sum: string }> {
  const sum = startSum();
  let runs = 0;
  for await (const batch of archivedLines(path)) {
    for (const { line, text } of batch) sum.add(line, text);
    runs += batch.length;
  }
  return { runs, sum: sum.hex() };
}

/** A digest of numbered lines that does not depend on the order in which they come. */
function startSum(): { add(line: number, text: string): void; hex(): string } {
  const sum = Buffer.alloc(32);
  return {
    add: (line, text) => {
      const digest = Buffer.from(sha256Of(String(line), text), 'hex');
      for (const [at, byte] of digest.entries()) sum[at] = sum[at]! ^ byte;
    },
    hex: () => sum.toString('hex'),
  };
}
