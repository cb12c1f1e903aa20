import { resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { JsonValue } from '../domain/shared/json.ts';
import { SourceError } from '../domain/shared/errors.ts';
import { unpackCopy, type PackedCopy } from './replay-copies.ts';

/** What the metadata of an archive says that it is. */
export const ARCHIVE_SCHEMA = 'replay-archive/1';

/** A line of the log as it stands in an archive: `row` and `copy` are 0-based, `line` is its 1-based number in the log that was packed. */
export interface ArchivedLine {
  readonly row: number;
  readonly copy: number;
  readonly line: number;
  readonly text: string;
}

/** What a Parquet file is, as far as it can be told. */
export interface ParquetFacts {
  /** Why it cannot be opened; null for a whole file. */
  readonly fault: string | null;
  /** What its metadata says that it is. */
  readonly schema: string | null;
  readonly columns: readonly string[];
  /** Of an archive of ours. */
  readonly runs: number;
}

/** Tells what a Parquet file is by its own metadata. A file that is cut or damaged has a `fault`. */
export async function describeParquet(path: string): Promise<ParquetFacts> {
  try {
    const marks = await rowsOf<{ value: string }>(
      path,
      `SELECT decode(value) AS value FROM parquet_kv_metadata($path) WHERE decode(key) = 'schema'`,
    );
    const columns = await rowsOf<{ name: string }>(path, 'SELECT column_name AS name FROM (DESCRIBE SELECT * FROM read_parquet($path))');
    const schema = marks[0]?.value ?? null;
    const [sum] =
      schema === ARCHIVE_SCHEMA ? await rowsOf<{ runs: number }>(path, 'SELECT sum(copies)::DOUBLE AS runs FROM read_parquet($path)') : [];
    return { fault: null, schema, columns: columns.map(({ name }) => name), runs: sum?.runs ?? 0 };
  } catch (error) {
    return { fault: reasonOf(error), schema: null, columns: [], runs: 0 };
  }
}

/** The lines of an archive, row by row, in batches. SourceError for a file that is damaged or no archive. */
export async function* archivedLines(path: string): AsyncIterable<readonly ArchivedLine[]> {
  yield* linesWhere(path, 'true');
}

/** The lines of the rows of an archive in which an id of a run begins so; a row has the lines of its copies, too. Throws as above. */
export async function findArchived(path: string, beginning: string): Promise<ArchivedLine[]> {
  const found: ArchivedLine[] = [];
  for await (const batch of linesWhere(path, 'len(list_filter(run_ids, id -> starts_with(id, $beginning))) > 0', { beginning }))
    found.push(...batch);
  return found;
}

const BATCH_LINES = 256;

interface StoredRow {
  readonly row: number;
  readonly line: string;
  readonly line_numbers: { readonly items: readonly bigint[] };
  readonly others: { readonly items: readonly { readonly entries: PackedCopy }[] };
}

async function* linesWhere(path: string, condition: string, values: Readonly<Record<string, string>> = {}): AsyncIterable<ArchivedLine[]> {
  const rows = `SELECT file_row_number AS row, line, line_numbers, others FROM read_parquet($path, file_row_number=true) WHERE ${condition}`;
  try {
    for await (const batch of streamed<StoredRow>(path, rows, values)) yield* inBatches(batch);
  } catch (error) {
    throw new SourceError(
      `reading ${path}: expected a whole archive of the log of replays (${ARCHIVE_SCHEMA}), found another file: ${reasonOf(error)}.`,
      'Put a whole copy of it back, and run the same command again.',
      { file: path },
      error,
    );
  }
}

/** A row may stand for thousands of runs, which are long when they are unpacked. */
function* inBatches(rows: readonly StoredRow[]): Iterable<ArchivedLine[]> {
  let batch: ArchivedLine[] = [];
  for (const { row, line: first, line_numbers: numbers, others } of rows) {
    const value = JSON.parse(first) as JsonValue;
    for (const [copy, line] of numbers.items.entries()) {
      const other = others.items[copy - 1];
      batch.push({ row, copy, line: Number(line), text: other === undefined ? first : unpackCopy(value, other.entries) });
      if (batch.length < BATCH_LINES) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '').replace(/\.$/, '') : String(error);
}

async function rowsOf<Row>(path: string, sql: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of streamed<Row>(path, sql, {})) rows.push(...batch);
  return rows;
}

const MEMORY_MB = 512;

/** The rows of a query that can reach this one file and nothing else. Integers come as numbers. */
async function* streamed<Row>(path: string, sql: string, values: Readonly<Record<string, string>>): AsyncIterable<Row[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: `${MEMORY_MB}MB` });
  const connection = await instance.connect();
  try {
    for (const setting of [
      'autoinstall_known_extensions=false',
      'autoload_known_extensions=false',
      `allowed_paths=[${quoted(resolve(path))}]`,
    ])
      await connection.run(`SET ${setting}`);
    await connection.run('SET enable_external_access=false');
    const result = await connection.stream(sql.replaceAll('$path', quoted(resolve(path))), values);
    const names = result.columnNames();
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      yield chunk.getRows().map((row) => Object.fromEntries(row.map((value, at) => [names[at]!, plain(value)])) as Row);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
