import { Piscina } from 'piscina';
import { DONE_SLOT, STOP_SLOT, type ThreadAnswer, type ThreadTask } from './thread-protocol.ts';
import type { ThreadData, ThreadWorkKind } from './thread-work.ts';

export interface ThreadPool {
  /** Runs an activity in a thread of its own; `signal` asks it to stop at the next batch. */
  run(
    kind: ThreadWorkKind,
    name: string,
    input: unknown,
    watch: { readonly signal: AbortSignal; onRows(rowsDone: number): void },
  ): Promise<ThreadAnswer>;
  close(): Promise<void>;
}

const WATCH_MS = 500;

/** Boards of the tasks at work in this process, with their ends. */
const atWork = new Map<Int32Array, Promise<unknown>>();

/**
 * Stops every task at its next batch and waits for that, at most `limitMs`. A process that exits while a thread waits for DuckDB is aborted by the
 * binding, whatever exit code it chose.
 */
export async function haltThreads(limitMs: number): Promise<void> {
  for (const slots of atWork.keys()) Atomics.store(slots, STOP_SLOT, 1);
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([Promise.allSettled(atWork.values()), limit]);
  clearTimeout(timer);
}

/** Rules and parsing are CPU work: done on the main thread they would hold up heartbeats, and with them the whole run. */
export function openThreads({ threads, ...data }: ThreadData & { readonly threads: number }): ThreadPool {
  const pool = new Piscina({
    filename: new URL('./thread.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    workerData: data,
    // Waiting on an atomic would keep a thread's event loop from finishing what an activity left to do.
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  return {
    async run(kind, name, input, { signal, onRows }) {
      const board = new SharedArrayBuffer(8);
      const slots = new Int32Array(board);
      const stop = (): void => void Atomics.store(slots, STOP_SLOT, 1);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      const watch = setInterval(() => onRows(Atomics.load(slots, DONE_SLOT)), WATCH_MS);
      try {
        const task = pool.run({ kind, name, input, board } satisfies ThreadTask) as Promise<ThreadAnswer>;
        atWork.set(slots, task);
        return await task;
      } finally {
        atWork.delete(slots);
        clearInterval(watch);
        signal.removeEventListener('abort', stop);
      }
    },
    close: () => pool.close({ force: true }),
  };
}
