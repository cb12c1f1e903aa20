import {
  DuckDBBlobValue,
  DuckDBInstance,
  StatementType,
  type DuckDBConnection,
  type DuckDBResult,
  type DuckDBValue,
} from '@duckdb/node-api';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { translateDiskFull } from '../disk-full.ts';
import { plainValue, type PlainValue } from './plain-value.ts';

export interface DatabaseLimits {
  readonly threads: number;
  readonly memoryMb: number;
  /** Folder for spilling; made when it is first needed, removed by its owner. */
  readonly tempDir: string;
  /** How much may be spilled. */
  readonly tempMb?: number;
  /** When given, these are the only files there are: everything else on the machine and the network is out of reach for good. */
  readonly reachable?: readonly string[];
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
  /** The result of a query that somebody else wrote: columns nobody knows, rows of any size, errors as DuckDB says them. */
  table(sql: string): Promise<Table>;
  /** DuckDB's word for each statement of a text (`SELECT`, `COPY`, …), without running any. */
  statements(sql: string): Promise<string[]>;
  /** Stops what is running now: it fails within milliseconds. */
  interrupt(): void;
  close(): void;
}

/** A result as it is produced. A row is converted when it is asked for, so that only one of them need be in memory. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly batches: AsyncIterable<Iterable<readonly PlainValue[]>>;
}

export interface TableColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly type: string;
}

/** Opens a database. Order of the settings matters: the configuration is locked last. */
export async function openDatabase(limits: DatabaseLimits): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(limits.threads), memory_limit: `${limits.memoryMb}MB` });
  const connection = await instance.connect();
  await connection.run("SET TimeZone='UTC'");
  await connection.run(`SET temp_directory=${literal(limits.tempDir)}`);
  if (limits.tempMb !== undefined) await connection.run(`SET max_temp_directory_size='${limits.tempMb}MB'`);
  await connection.run('SET preserve_insertion_order=true');
  await connection.run('SET autoinstall_known_extensions=false');
  await connection.run('SET autoload_known_extensions=false');
  if (limits.reachable !== undefined) {
    await connection.run(`SET allowed_paths=[${limits.reachable.map(literal).join(', ')}]`);
    await connection.run('SET enable_external_access=false');
  }
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
    table: (sql) => openTable(connection, sql),
    statements: (sql) => statementTypes(connection, sql),
    interrupt: () => connection.interrupt(),
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
  const result = await guarded(() =>
    values === undefined ? connection.stream(sql) : connection.stream(sql, values as Record<string, DuckDBValue>),
  );
  const names = result.deduplicatedColumnNames();
  for (;;) {
    const chunk = await guarded(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    const columns = chunk.getColumns();
    const rows: Row[] = [];
    for (let at = 0; at < chunk.rowCount; at += 1) {
      const row: Record<string, unknown> = {};
      for (let column = 0; column < names.length; column += 1) row[names[column]!] = narrow(columns[column]![at]!, names[column]!);
      rows.push(row as Row);
    }
    yield rows;
  }
}

/** Readers get bytes as bytes, and those that count on numbers must not be handed the text of one. */
function narrow(value: DuckDBValue, column: string): PlainValue | Uint8Array {
  if (value instanceof DuckDBBlobValue) return value.bytes;
  const plain = plainValue(value);
  if (typeof value !== 'bigint' || typeof plain === 'number') return plain;
  throw new RangeError(`column ${column} holds ${value}, which a number cannot hold: cast it to VARCHAR in the query`);
}

async function openTable(connection: DuckDBConnection, sql: string): Promise<Table> {
  const result = await connection.stream(sql);
  const names = result.deduplicatedColumnNames();
  return { columns: result.columnTypes().map((type, index) => ({ name: names[index]!, type: String(type) })), batches: chunksOf(result) };
}

async function* chunksOf(result: DuckDBResult): AsyncIterable<Iterable<PlainValue[]>> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield rowsOfChunk(chunk);
  }
}

function* rowsOfChunk(chunk: { readonly rowCount: number; getRowValues(at: number): DuckDBValue[] }): Iterable<PlainValue[]> {
  for (let at = 0; at < chunk.rowCount; at += 1) yield chunk.getRowValues(at).map(plainValue);
}

async function statementTypes(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const statements = await connection.extractStatements(sql);
  const types: string[] = [];
  for (let at = 0; at < statements.count; at += 1) {
    const prepared = await statements.prepare(at);
    types.push(StatementType[prepared.statementType]);
    prepared.destroySync();
  }
  return types;
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const full = translateDiskFull(error);
    if (full !== undefined) throw full;
    if (
      error instanceof Error &&
      /No magic bytes|too small to be a Parquet|Invalid Input Error: .*parquet|Corrupt|snappy|ZSTD Decompression/i.test(error.message)
    ) {
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
