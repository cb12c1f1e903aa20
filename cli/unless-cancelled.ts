import type { Io } from './io.ts';
import { RunFailed } from './run-failed.ts';

/** Follows work to its end. Null for work that was cancelled, which is told together with how to go on: what it had done is kept. */
export async function unlessCancelled<Ended>(io: Pick<Io, 'err'>, follow: () => Promise<Ended>): Promise<Ended | null> {
  try {
    return await follow();
  } catch (error) {
    if (!(error instanceof RunFailed) || error.type !== 'Cancelled') throw error;
    io.err(`${error.message}\n${error.remedy}`);
    return null;
  }
}
