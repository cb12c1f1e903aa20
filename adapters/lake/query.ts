import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LakeCorruptError, LauterError, UsageError } from '../../domain/shared/errors.ts';
import { translateDiskFull } from '../disk-full.ts';
import { temporaryName } from '../scratch.ts';
import { identifier, literal, openDatabase, type Database, type Table } from './database.ts';
import { lakeLayout } from './layout.ts';
import { requireReading, sqlFault } from './query-guard.ts';
import { lakeViews, VIEW_NAMES, type LakeViews } from './views.ts';

export interface QueryLimits {
  readonly threads: number;
  readonly memoryMb: number;
  /** Time that DuckDB may work on it; waiting for whoever reads the result does not count. */
  readonly timeoutMs: number;
}

export interface QueryRequest {
  readonly workspace: string;
  readonly sql: string;
  /** Run whose data is shown; that of the heads unless stated. Must exist. */
  readonly runId?: string | undefined;
  readonly limits: QueryLimits;
  /** Stops the query, which then fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of a query, while it is being produced. */
export interface QueryAnswer extends Table {
  readonly views: LakeViews;
}

/**
 * Runs one read-only query over the views of a workspace and hands over its rows as they come. The query reaches no file but those behind the
 * views, writes nothing and is held to its limits. UsageError for a query that is faulty, or is refused, or needs more than its limits.
 */
export function queryLake<Result>(request: QueryRequest, use: (answer: QueryAnswer) => Promise<Result>): Promise<Result> {
  return withViews(request, [], async (database, control, views) => {
    const table = await control.run(() => database.table(request.sql));
    return use({ columns: table.columns, batches: control.each(table.batches), views });
  });
}

/** Writes the rows of a query as Parquet into a file that is not there yet. Returns their number. */
export function saveQuery(request: QueryRequest, path: string): Promise<number> {
  return withViews(request, [path], async (database, control) => {
    const copy = `COPY (SELECT * FROM query(${literal(request.sql)})) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`;
    const [written] = await control.run(() => database.rows<{ Count: number }>(copy));
    return written?.Count ?? 0;
  });
}

/** How much of a query's working set may go to disk. */
const SPILL_MB = 16_384;

async function withViews<Result>(
  request: QueryRequest,
  writable: readonly string[],
  work: (database: Database, control: QueryControl, views: LakeViews) => Promise<Result>,
): Promise<Result> {
  const views = lakeViews(request.workspace, request.runId);
  const tempDir = spillFolder(request.workspace);
  const { threads, memoryMb } = request.limits;
  const database = await openDatabase({ threads, memoryMb, tempDir, tempMb: SPILL_MB, reachable: [...views.files, ...writable] });
  const control = new QueryControl(database, request);
  try {
    await control.run(async () => {
      for (const name of VIEW_NAMES) await database.run(`CREATE VIEW ${identifier(name)} AS ${views.sql[name]}`);
      await requireReading(database, request.sql);
    });
    return await work(database, control, views);
  } finally {
    control.end();
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

/** DuckDB makes the folder when it first needs one. */
function spillFolder(workspace: string): string {
  const { scratch } = lakeLayout(join(workspace, 'lake'));
  return join(existsSync(scratch) ? scratch : tmpdir(), temporaryName());
}

const INTERRUPT_AGAIN_MS = 50;

/** Keeps a query within its time and stops it on demand. */
class QueryControl {
  readonly #database: Database;
  readonly #request: QueryRequest;
  readonly #onAbort = (): void => this.#stop();
  #leftMs: number;
  #interrupting: NodeJS.Timeout | undefined;

  constructor(database: Database, request: QueryRequest) {
    this.#database = database;
    this.#request = request;
    this.#leftMs = request.limits.timeoutMs;
    request.signal?.addEventListener('abort', this.#onAbort);
  }

  /** Does something that keeps DuckDB busy; its errors come out as ours. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#request.signal?.throwIfAborted();
    const started = performance.now();
    const timer = setTimeout(() => this.#stop(), this.#leftMs);
    try {
      return await work();
    } catch (error) {
      this.#request.signal?.throwIfAborted();
      throw this.#interrupting === undefined ? translate(error, this.#request.limits) : this.#tookTooLong();
    } finally {
      clearTimeout(timer);
      this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - started));
    }
  }

  /** The same for what comes in batches: only the time until the next one counts. */
  async *each<Batch>(batches: AsyncIterable<Batch>): AsyncIterable<Batch> {
    const iterator = batches[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.run(() => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  }

  end(): void {
    clearInterval(this.#interrupting);
    this.#request.signal?.removeEventListener('abort', this.#onAbort);
  }

  /** Again and again: an interrupt between two steps of the work would be lost. */
  #stop(): void {
    this.#database.interrupt();
    this.#interrupting ??= setInterval(() => this.#database.interrupt(), INTERRUPT_AGAIN_MS);
  }

  #tookTooLong(): UsageError {
    return new UsageError(
      `running the query: expected it to take at most ${this.#request.limits.timeoutMs / 1000} s, found that it takes longer.`,
      'Ask for less, or allow more with --timeout-s SECONDS.',
    );
  }
}

/** DuckDB's errors begin with their kind. Others are faults of ours and pass as they are. */
function translate(error: unknown, limits: QueryLimits): unknown {
  if (!(error instanceof Error) || error instanceof LauterError) return error;
  const full = translateDiskFull(error);
  if (full !== undefined) return full;
  const { message } = error;
  if (message.startsWith('Out of Memory Error') || error instanceof RangeError) {
    return new UsageError(
      `running the query: expected it to fit into ${limits.memoryMb} MB of memory, found that it needs more (${message.split('\n')[0] ?? ''}).`,
      'Ask for fewer rows or columns, or allow more with --memory-mb MEGABYTES.',
    );
  }
  if (/^IO Error|No magic bytes|too small to be a Parquet|ZSTD Decompression/.test(message)) {
    return new LakeCorruptError(
      `running the query: expected whole files behind the views, found: ${message.split('\n')[0] ?? ''}`,
      'Run `lauter doctor` to see which file it is, then `lauter distill run-all` to make it anew.',
      {},
      error,
    );
  }
  return /^[A-Z][A-Za-z ]*Error: |^Failed to extract statements/.test(message) ? sqlFault(message) : error;
}
