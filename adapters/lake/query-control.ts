import { LakeCorruptError, LauterError, UsageError } from '../../domain/shared/errors.ts';
import { translateDiskFull } from '../disk-full.ts';
import type { Database } from './database.ts';
import { sqlFault } from './query-guard.ts';

export interface QueryLimits {
  readonly threads: number;
  readonly memoryMb: number;
  /** Time that DuckDB may work on it; waiting for whoever reads the result does not count. */
  readonly timeoutMs: number;
}

const INTERRUPT_AGAIN_MS = 50;

/** Keeps a query within its time, stops it on demand, and says in our words what went wrong. */
export class QueryControl {
  readonly #database: Database;
  readonly #limits: QueryLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#stop();
  #leftMs: number;
  #interrupting: NodeJS.Timeout | undefined;

  constructor(database: Database, { limits, signal }: { readonly limits: QueryLimits; readonly signal?: AbortSignal | undefined }) {
    this.#database = database;
    this.#limits = limits;
    this.#signal = signal;
    this.#leftMs = limits.timeoutMs;
    signal?.addEventListener('abort', this.#onAbort);
  }

  /** Does something that keeps DuckDB busy; its errors come out as ours. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#signal?.throwIfAborted();
    const started = performance.now();
    const timer = setTimeout(() => this.#stop(), this.#leftMs);
    try {
      return await work();
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw this.#interrupting === undefined ? translate(error, this.#limits) : this.#tookTooLong();
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
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  /** Again and again: an interrupt between two steps of the work would be lost. */
  #stop(): void {
    this.#database.interrupt();
    this.#interrupting ??= setInterval(() => this.#database.interrupt(), INTERRUPT_AGAIN_MS);
  }

  #tookTooLong(): UsageError {
    return new UsageError(
      `running the query: expected it to take at most ${this.#limits.timeoutMs / 1000} s, found that it takes longer.`,
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
