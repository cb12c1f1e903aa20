import { setTimeout as sleep } from 'node:timers/promises';

/** How to try again: the waits double from the first to the longest until the time is up. */
export interface Backoff {
  readonly giveUpAfterMs: number;
  readonly firstWaitMs?: number | undefined;
  readonly longestWaitMs?: number | undefined;
  /** Told before every wait why it is needed and how long this has gone on. */
  readonly onWaiting?: ((waiting: { reason: string; elapsedMs: number }) => void) | undefined;
}

/** Tries until it succeeds. Rethrows the error of an attempt that is not transient, and the last one when the time is up. */
export async function tryRepeatedly<T>(attempt: () => Promise<T>, isTransient: (error: unknown) => boolean, backoff: Backoff): Promise<T> {
  const start = performance.now();
  const longestWaitMs = backoff.longestWaitMs ?? 5_000;
  for (let waitMs = backoff.firstWaitMs ?? 200; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await attempt();
    } catch (error) {
      const elapsedMs = performance.now() - start;
      if (!isTransient(error) || elapsedMs >= backoff.giveUpAfterMs) throw error;
      backoff.onWaiting?.({ reason: error instanceof Error ? error.message : String(error), elapsedMs });
      await sleep(Math.min(waitMs, backoff.giveUpAfterMs - elapsedMs));
    }
  }
}
