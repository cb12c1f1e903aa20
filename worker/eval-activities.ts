import { Context } from '@temporalio/activity';
import { beating } from '../activities/bench/beating.ts';
import type { ContradictionsActivities } from '../activities/contradictions-contract.ts';
import type { LongMemEvalActivities } from '../activities/eval-contract.ts';
import type { PanelActivities } from '../activities/panel-contract.ts';
import type { Attempt } from '../activities/ports.ts';
import type { ReplayArmsActivities } from '../activities/replay-arms-contract.ts';
import type { ReplayActivities } from '../activities/replay-contract.ts';
import type { SuitesActivities } from '../activities/suites-contract.ts';
import { openThreadWork, type ThreadData, type ThreadWork, type ThreadWorkKind } from './thread-work.ts';
import { inThread } from './threaded-activities.ts';
import type { ThreadPool } from './threads.ts';

type EvalActivities = ContradictionsActivities &
  LongMemEvalActivities &
  PanelActivities &
  ReplayActivities &
  ReplayArmsActivities &
  SuitesActivities;

/** The activities of evaluations: what computes and waits runs in threads, what only writes a file must not wait for one of those. */
export function createEvalActivities(threads: ThreadPool, data: ThreadData): EvalActivities {
  const opened = new Map<ThreadWorkKind, Promise<ThreadWork>>();
  const here = (kind: ThreadWorkKind, name: string) => (input: unknown) =>
    beating(async () => {
      // Loaded when the first evaluation needs it: the engine behind it would cost every worker its start.
      const opening = opened.get(kind) ?? openThreadWork(kind, data);
      opened.set(kind, opening);
      return (await opening)[name]!(input, attemptHere());
    });
  const activities: Record<keyof EvalActivities, (input: unknown) => Promise<unknown>> = {
    planLongMemEval: inThread(threads, 'longmemeval', 'planLongMemEval'),
    askBatch: inThread(threads, 'longmemeval', 'askBatch'),
    appendBatch: here('longmemeval', 'appendBatch'),
    endLongMemEval: here('longmemeval', 'endLongMemEval'),
    planPanel: inThread(threads, 'panel', 'planPanel'),
    // Waits for a model, and for nothing else.
    askJudge: here('panel', 'askJudge'),
    endPanelBatch: inThread(threads, 'panel', 'endPanelBatch'),
    findCandidates: inThread(threads, 'contradictions', 'findCandidates'),
    orderPairs: inThread(threads, 'contradictions', 'orderPairs'),
    judgePair: here('contradictions', 'judgePair'),
    endContradictions: inThread(threads, 'contradictions', 'endContradictions'),
    planReplays: here('replay', 'planReplays'),
    // Ranks every playbook, and waits for a model.
    replayQueued: inThread(threads, 'replay', 'replayQueued'),
    endReplays: here('replay', 'endReplays'),
    // Draws every task ten thousand times.
    endArms: inThread(threads, 'replay', 'endArms'),
    openCell: here('suites', 'openCell'),
    measureBatch: inThread(threads, 'suites', 'measureBatch'),
    // Reads every row again, and where LongMemEval is concerned its dataset.
    endCell: inThread(threads, 'suites', 'endCell'),
    endSuites: here('suites', 'endSuites'),
  };
  return activities as unknown as EvalActivities;
}

/** Stopped when the engine says so. */
function attemptHere(): Attempt {
  const { cancellationSignal: signal } = Context.current();
  return { throwIfStopped: () => signal.throwIfAborted(), report: () => undefined };
}
