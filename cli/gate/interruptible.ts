import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** Does work that an interrupt ends: 130 then, and a second interrupt ends it at once. */
export async function interruptible(io: Io, work: (signal: AbortSignal) => Promise<ExitCode>): Promise<ExitCode> {
  const stop = new AbortController();
  const endListening = io.onInterrupt(() => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    stop.abort();
  });
  try {
    return await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    io.err('interrupted');
    return EXIT.interrupted;
  } finally {
    endListening();
  }
}
