import { beating } from '../activities/bench/beating.ts';
import type { LongMemEvalActivities } from '../activities/eval-contract.ts';
import type { Attempt } from '../activities/ports.ts';
import type { SuitesActivities } from '../activities/suites-contract.ts';
import { openThreadWork, type ThreadData, type ThreadWork, type ThreadWorkKind } from './thread-work.ts';
import { inThread } from './threaded-activities.ts';
import type { ThreadPool } from './threads.ts';

/** The activities of evaluations: what computes and waits runs in threads, what only writes a file must not wait for one of those. */
export function createEvalActivities(threads: ThreadPool, data: ThreadData): LongMemEvalActivities & SuitesActivities {
  const opened = new Map<ThreadWorkKind, Promise<ThreadWork>>();
  const here = (kind: ThreadWorkKind, name: string) => (input: unknown) =>
    beating(async () => {
      // Loaded when the first evaluation needs it: the engine behind it would cost every worker its start.
      const opening = opened.get(kind) ?? openThreadWork(kind, data);
      opened.set(kind, opening);
      return (await opening)[name]!(input, NOBODY_STOPS_IT);
    });
  const activities: Record<keyof (LongMemEvalActivities & SuitesActivities), (input: unknown) => Promise<unknown>> = {
    planLongMemEval: inThread(threads, 'longmemeval', 'planLongMemEval'),
    askBatch: inThread(threads, 'longmemeval', 'askBatch'),
    appendBatch: here('longmemeval', 'appendBatch'),
    endLongMemEval: here('longmemeval', 'endLongMemEval'),
    openCell: here('suites', 'openCell'),
    measureBatch: inThread(threads, 'suites', 'measureBatch'),
    // Reads every row again, and where LongMemEval is concerned its dataset.
    endCell: inThread(threads, 'suites', 'endCell'),
    endSuites: here('suites', 'endSuites'),
  };
  return activities as unknown as LongMemEvalActivities & SuitesActivities;
}

const NOBODY_STOPS_IT: Attempt = { throwIfStopped: () => undefined, report: () => undefined };
