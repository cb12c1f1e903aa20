import { ActivityFailure, proxyActivities, TimeoutFailure, type ActivityOptions } from '@temporalio/workflow';
import type { BenchActivities, BenchRunInput } from '../activities/bench-contract.ts';

/** The activities of a bench, with signs of life as often as its run wants them. */
export function benchActivities({ heartbeat_timeout_ms: beatMs }: BenchRunInput, options: ActivityOptions): BenchActivities {
  return proxyActivities<BenchActivities>({ ...options, ...(beatMs === undefined ? {} : { heartbeatTimeout: beatMs }) });
}

/** The same, each begun again when all its attempts died with their workers: what they had finished is kept. */
export function lastingActivities(run: BenchRunInput, options: ActivityOptions): BenchActivities {
  type Activity = (input: unknown) => Promise<unknown>;
  return new Proxy(benchActivities(run, options), {
    get: (target, name) => (input: unknown) => outliveWorkers(() => (Reflect.get(target, name) as Activity)(input)),
  });
}

/** A step that kills every worker that takes it must come to an end, too. */
export const MOST_DEATHS = 50;

async function outliveWorkers<Result>(step: () => Promise<Result>): Promise<Result> {
  for (let deaths = 0; ; deaths += 1) {
    try {
      return await step();
    } catch (error) {
      if (deaths === MOST_DEATHS || !(error instanceof ActivityFailure) || !isDeathOfWorker(error)) throw error;
    }
  }
}

/** True when the last attempt gave no sign of life any more; that says nothing about what it worked on. */
export function isDeathOfWorker({ cause }: ActivityFailure): boolean {
  return cause instanceof TimeoutFailure && cause.timeoutType === 'HEARTBEAT';
}

/** What an activity failed with, in the words of a record. */
export function tellFailure({ cause }: ActivityFailure): { readonly type: string; readonly error: string } {
  const type = (cause as { type?: string } | undefined)?.type ?? cause?.name ?? 'Error';
  return { type, error: cause?.message ?? 'an activity failed' };
}
