import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { BenchResultSet, BenchTable } from '../../schemas/bench-results.ts';
import { writeWhole } from '../atomic-write.ts';
import { startSha256 } from '../digest.ts';
import { translateDiskFull } from '../disk-full.ts';
import { digestFile } from '../file-digest.ts';
import { BENCH_TABLE_NAMES, BENCH_TABLES } from './bench-tables.ts';
import { identifier, literal, type Database } from './database.ts';
import type { PreparedShard } from './publish-shards.ts';

/** Folder of the sets, relative to the lake. */
export const RESULTS_FOLDER = join('bench', 'results');

/** Writes a Parquet file for each table that has rows, into a scratch folder, and checks how many it holds. */
export async function writeResultFiles(
  database: Database,
  set: BenchResultSet,
  key: string,
  scratch: string,
): Promise<PreparedShard['files']> {
  const files: PreparedShard['files'][number][] = [];
  for (const table of BENCH_TABLE_NAMES) {
    const rows = set[table] as readonly JsonObject[];
    if (rows.length === 0) continue;
    const path = join(scratch, `${table}.parquet`);
    await writeTable(database, table, rows, join(scratch, `${table}.jsonl`), path);
    const { sha256, bytes } = digestFile(path);
    files.push({ path, part: { path: join(RESULTS_FOLDER, key, `${table}.parquet`), day: null, rows: rows.length, bytes, sha256 } });
  }
  return files;
}

/** Two digests of the rows of a run, over all tables in the order of their keys: of every field, and without where and when they were read. */
export function digestResults(set: BenchResultSet): { row_digest: string; content_digest: string } {
  const [rowDigest, contentDigest] = [startSha256(), startSha256()];
  for (const table of BENCH_TABLE_NAMES) {
    for (const row of set[table] as readonly JsonObject[]) {
      const { source_file: _file, imported_at_ms: _time, ...content } = row;
      rowDigest.update(`${table}\t${canonicalJson(row)}\n`);
      contentDigest.update(`${table}\t${canonicalJson(content)}\n`);
    }
  }
  return { row_digest: rowDigest.digest(), content_digest: contentDigest.digest() };
}

async function writeTable(
  database: Database,
  table: BenchTable,
  rows: readonly JsonObject[],
  linesPath: string,
  path: string,
): Promise<void> {
  const lines = rows.map((row) => JSON.stringify(row));
  writeLines(linesPath, lines);
  const columns = Object.entries(BENCH_TABLES[table].columns);
  const types = columns.map(([name, type]) => `${identifier(name)}: ${literal(type)}`).join(', ');
  const longest = lines.reduce((most, line) => Math.max(most, line.length * 3), LEAST_OBJECT_BYTES);
  const read = `read_json(${literal(linesPath)}, format='newline_delimited', maximum_object_size=${longest + 1024}, columns={${types}})`;
  // A file is in order already; read by one thread it stays so.
  await database.run(`COPY (SELECT * FROM ${read}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`);
  const [check] = await database.rows<{ rows: number }>(`SELECT num_rows AS rows FROM parquet_file_metadata(${literal(path)})`);
  if (check?.rows === rows.length) return;
  throw new LakeCorruptError(
    `writing ${table}: expected ${rows.length} rows on disk, found ${check?.rows ?? 0}.`,
    'Run the same command again.',
  );
}

const LEAST_OBJECT_BYTES = 1 << 20;

function writeLines(path: string, lines: readonly string[]): void {
  const file = openSync(path, 'wx');
  try {
    for (const line of lines) writeWhole(file, Buffer.from(`${line}\n`));
  } catch (error) {
    throw translateDiskFull(error, path) ?? error;
  } finally {
    closeSync(file);
  }
}
