import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { translateDiskFull } from '../disk-full.ts';

export interface DatabaseLimits {
  readonly threads: number;
  readonly memoryMb: number;
  /** Folder for spilling; removed by its owner. */
  readonly tempDir: string;
}

/** A value that can be bound to a parameter. */
export type SqlValue = string | number | boolean | null | readonly string[];

/**
 * One in-memory DuckDB with fixed limits over Parquet files. Rows come in batches; numbers are JS numbers (64-bit integers outside the safe range
 * throw), so nothing that is returned needs conversion before JSON. Always {@link close} it.
 */
export interface Database {
  run(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<void>;
  /** All rows; for results that are known to be small. */
  rows<Row extends object>(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<Row[]>;
  /** Rows in batches of up to 2,048, as they are produced. */
  stream<Row extends object>(sql: string, values?: Readonly<Record<string, SqlValue>>): AsyncIterable<Row[]>;
  close(): void;
}

/** Opens a database. Order of the settings matters: the configuration is locked last. */
export async function openDatabase(limits: DatabaseLimits): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(limits.threads), memory_limit: `${limits.memoryMb}MB` });
  const connection = await instance.connect();
  await connection.run("SET TimeZone='UTC'");
  await connection.run(`SET temp_directory=${literal(limits.tempDir)}`);
  await connection.run('SET preserve_insertion_order=true');
  await connection.run('SET autoinstall_known_extensions=false');
  await connection.run('SET autoload_known_extensions=false');
  await connection.run('SET lock_configuration=true');
  return {
    run: async (sql, values) => {
      await guarded(() => execute(connection, sql, values));
    },
    rows: async <Row extends object>(sql: string, values?: Readonly<Record<string, SqlValue>>) => {
      const all: Row[] = [];
      for await (const batch of streamRows<Row>(connection, sql, values)) for (const row of batch) all.push(row);
      return all;
    },
    stream: (sql, values) => streamRows(connection, sql, values),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A single-quoted SQL string. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A double-quoted SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `read_parquet` over exactly these files; a typed empty table where there are none is the caller's business. */
export function parquetFiles(paths: readonly string[]): string {
  return `read_parquet([${paths.map(literal).join(', ')}])`;
}

function execute(connection: DuckDBConnection, sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<unknown> {
  return values === undefined ? connection.run(sql) : connection.run(sql, values as Record<string, DuckDBValue>);
}

async function* streamRows<Row extends object>(
  connection: DuckDBConnection,
  sql: string,
  values?: Readonly<Record<string, SqlValue>>,
): AsyncIterable<Row[]> {
  const result = await guarded(() => (values === undefined ? connection.stream(sql) : connection.stream(sql, values as Record<string, DuckDBValue>)));
  const names = result.deduplicatedColumnNames();
  for (;;) {
    const chunk = await guarded(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    const columns = chunk.getColumns();
    const rows: Row[] = [];
    for (let at = 0; at < chunk.rowCount; at += 1) {
      const row: Record<string, unknown> = {};
      for (let column = 0; column < names.length; column += 1) row[names[column]!] = plain(columns[column]![at], names[column]!);
      rows.push(row as Row);
    }
    yield rows;
  }
}

function plain(value: unknown, column: string): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`column ${column} holds ${value}, which a number cannot hold: cast it to VARCHAR in the query`);
    return number;
  }
  if (typeof value === 'object' && value !== null && 'items' in value) return (value as { items: readonly unknown[] }).items.map((item) => plain(item, column));
  return value;
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const full = translateDiskFull(error);
    if (full !== undefined) throw full;
    if (error instanceof Error && /No magic bytes|too small to be a Parquet|Invalid Input Error: .*parquet|Corrupt|snappy|ZSTD Decompression/i.test(error.message)) {
      throw new LakeCorruptError(
        `reading the lake: expected whole Parquet files, found ${error.message.split('\n')[0] ?? ''}.`,
        'Run `lauter doctor` to see which file it is; remove that file and its entry, then run the same command again.',
        {},
        error,
      );
    }
    throw error;
  }
}
