import { beating } from '../activities/bench/beating.ts';
import type { LongMemEvalActivities } from '../activities/eval-contract.ts';
import type { Attempt } from '../activities/ports.ts';
import { openThreadWork, type ThreadData, type ThreadWork } from './thread-work.ts';
import { inThread } from './threaded-activities.ts';
import type { ThreadPool } from './threads.ts';

/** The activities of evaluations: what computes and waits runs in threads, what only writes a file must not wait for one of those. */
export function createEvalActivities(threads: ThreadPool, data: ThreadData): LongMemEvalActivities {
  let opened: Promise<ThreadWork> | undefined;
  const here = (name: string) => (input: unknown) =>
    beating(async () => {
      // Loaded when the first evaluation needs it: the engine behind it would cost every worker its start.
      const work = await (opened ??= openThreadWork('longmemeval', data));
      return work[name]!(input, NOBODY_STOPS_IT);
    });
  const activities: Record<keyof LongMemEvalActivities, (input: unknown) => Promise<unknown>> = {
    planLongMemEval: inThread(threads, 'longmemeval', 'planLongMemEval'),
    askBatch: inThread(threads, 'longmemeval', 'askBatch'),
    appendBatch: here('appendBatch'),
    endLongMemEval: here('endLongMemEval'),
  };
  return activities as unknown as LongMemEvalActivities;
}

const NOBODY_STOPS_IT: Attempt = { throwIfStopped: () => undefined, report: () => undefined };
