import { Context } from '@temporalio/activity';

const USUAL_MS = 1_000;

/** Does work with signs of life to the engine, at once and then several in the time after which an attempt without them counts as dead. */
export async function beating<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  context.heartbeat();
  const everyMs = Math.min(USUAL_MS, (context.info.heartbeatTimeoutMs ?? Infinity) / 5);
  const beats = setInterval(() => context.heartbeat(), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(beats);
  }
}
