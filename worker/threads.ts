import { Piscina } from 'piscina';
import { DONE_SLOT, STOP_SLOT, type ThreadAnswer, type ThreadTask } from './thread-protocol.ts';
import type { LakeLimits } from './ports.ts';

export interface ThreadPool {
  /** Runs an activity in a thread of its own; `signal` asks it to stop at the next batch. */
  run(name: string, input: unknown, watch: { readonly signal: AbortSignal; onRows(rowsDone: number): void }): Promise<ThreadAnswer>;
  close(): Promise<void>;
}

const WATCH_MS = 500;

/** Rules and parsing are CPU work: done on the main thread they would hold up heartbeats, and with them the whole run. */
export function openThreads(options: { readonly workspace: string; readonly threads: number; readonly limits: LakeLimits }): ThreadPool {
  const pool = new Piscina({
    filename: new URL('./thread.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: 30_000,
    workerData: { workspace: options.workspace, limits: options.limits },
    // Waiting on an atomic would keep a thread's event loop from finishing what an activity left to do.
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  return {
    async run(name, input, { signal, onRows }) {
      const board = new SharedArrayBuffer(8);
      const slots = new Int32Array(board);
      const stop = (): void => void Atomics.store(slots, STOP_SLOT, 1);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      const watch = setInterval(() => onRows(Atomics.load(slots, DONE_SLOT)), WATCH_MS);
      try {
        return (await pool.run({ name, input, board } satisfies ThreadTask)) as ThreadAnswer;
      } finally {
        clearInterval(watch);
        signal.removeEventListener('abort', stop);
      }
    },
    close: () => pool.close({ force: true }),
  };
}
