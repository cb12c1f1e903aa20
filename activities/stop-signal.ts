import type { Attempt } from './ports.ts';

const LOOK_MS = 200;

/** A signal that aborts soon after the attempt is stopped, for calls that last. Whoever takes it ends it. */
export function stopSignal(attempt: Attempt): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const look = setInterval(() => {
    try {
      attempt.throwIfStopped();
    } catch (reason) {
      controller.abort(reason);
    }
  }, LOOK_MS);
  return { signal: controller.signal, end: () => clearInterval(look) };
}
