/** The longest time that a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * What some work of others comes to, if it does within its time and before the caller gives up; rejects otherwise, whether the work heeds its signal
 * or not.
 */
export async function withinTime<Result>(
  timeoutMs: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  caller?.throwIfAborted();
  const ending = new AbortController();
  const giveUp = (): void => ending.abort(caller?.reason);
  const timer = setTimeout(() => ending.abort(new Error('out of time')), Math.min(timeoutMs, LONGEST_MS));
  caller?.addEventListener('abort', giveUp);
  try {
    return await Promise.race([work(ending.signal), rejectionOf(ending.signal)]);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', giveUp);
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
