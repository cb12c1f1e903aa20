import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFullError, LakeCorruptError } from '../../domain/shared/errors.ts';
import type { CorpusRow } from '../../schemas/bench-corpus.ts';
import { temporaryName } from '../scratch.ts';
import { literal, openDatabase, type Database } from './database.ts';

/** Nothing is spilled: rows of a source are not redacted yet, and no copy of them may lie anywhere. */
const LIMITS = { threads: 1, memoryMb: 1024, tempMb: 0 };

const COLUMNS: Readonly<Record<keyof CorpusRow, string>> = {
  event_id: 'VARCHAR',
  source: 'VARCHAR',
  redacted_content: 'VARCHAR',
  content_sha256: 'VARCHAR',
  bucket_index: 'INTEGER',
  sampled_at_iso: 'VARCHAR',
};

/** Writes the rows of `corpus.jsonl` as Parquet, in their order. Returns their number. */
export async function writeCorpusParquet(jsonlPath: string, parquetPath: string, longestBytes: number): Promise<number> {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name}: ${literal(type)}`);
  const objectBytes = Math.max(1 << 20, longestBytes + 1024);
  const rows = `read_json(${literal(jsonlPath)}, format='newline_delimited', maximum_object_size=${objectBytes}, columns={${columns.join(', ')}})`;
  return withDatabase(async (database) => {
    await database.run(`COPY (SELECT * FROM ${rows}) TO ${literal(parquetPath)} (FORMAT parquet, COMPRESSION zstd)`);
    const [check] = await database.rows<{ rows: number }>(`SELECT num_rows AS rows FROM parquet_file_metadata(${literal(parquetPath)})`);
    return check?.rows ?? 0;
  });
}

/** The rows of `corpus.parquet`, in their order, with the columns that they should have. LakeCorruptError for a file that cannot be read so. */
export async function* readCorpusParquet(path: string): AsyncIterable<readonly CorpusRow[]> {
  const columns = Object.keys(COLUMNS).join(', ');
  yield* streamed<CorpusRow>(`SELECT ${columns} FROM read_parquet(${literal(path)})`, path);
}

/** The rows of a Parquet file of events, each as JSON text. LakeCorruptError for a file that cannot be read. */
export async function* readEventParquet(path: string): AsyncIterable<readonly string[]> {
  const rows = `SELECT CAST(to_json(row) AS VARCHAR) AS text FROM read_parquet(${literal(path)}) AS row`;
  for await (const batch of streamed<{ text: string }>(rows, path)) yield batch.map(({ text }) => text);
}

async function* streamed<Row extends object>(sql: string, path: string): AsyncIterable<Row[]> {
  const tempDir = join(tmpdir(), temporaryName());
  const database = await openDatabase({ ...LIMITS, tempDir });
  try {
    yield* database.stream<Row>(sql);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const tempDir = join(tmpdir(), temporaryName());
  const database = await openDatabase({ ...LIMITS, tempDir });
  try {
    return await work(database);
  } finally {
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

/** DuckDB may quote what it read, which must not be shown. */
function unreadable(path: string, error: unknown): Error {
  if (error instanceof DiskFullError) return error;
  return new LakeCorruptError(
    `reading ${path}: expected whole Parquet with the columns of its kind, found something else.`,
    'Make the file again, or name another one.',
  );
}
