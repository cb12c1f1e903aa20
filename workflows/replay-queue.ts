import { ActivityCancellationType, continueAsNew, proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow';
import type { ReplayActivities, ReplayQueueResult, ReplayQueueRun } from '../activities/replay-contract.ts';
import { SharedCap } from '../domain/budget/index.ts';
import { CALLS_PER_HISTORY, EVAL_PROFILES, HEARTBEAT_TIMEOUT_MS } from '../temporal.config.ts';
import { slideWindow } from './sliding-window.ts';

/** A queue, from the task that an earlier part of it stopped before. */
export interface ReplayQueueInput {
  readonly run: ReplayQueueRun;
  readonly at?: number;
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly calls_per_history?: number;
}

/** Plan, then task by task, several at once, then the report. Once the cap is reached nothing more is begun. */
export async function replayQueue(input: ReplayQueueInput): Promise<ReplayQueueResult> {
  const { run, at = 0, calls_per_history: most = CALLS_PER_HISTORY } = input;
  const { run_id } = run;
  const { tasks } = await activitiesOf(run, EVAL_PROFILES.dataset).planReplays(run);
  const { replayQueued } = activitiesOf(run, {
    ...EVAL_PROFILES.replay,
    // A call that is going on is paid for: what it brings is kept.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  const cap = new SharedCap();
  let isOverBudget = false;
  const replay = async (task: number): Promise<void> => {
    const { state } = await cap.ask(() => replayQueued({ run_id, task }));
    if (state === 'over_budget') isOverBudget = true;
  };
  let next = at;
  const mayStart = async (): Promise<boolean> => {
    if (isOverBudget || next === at + most || workflowInfo().continueAsNewSuggested) return false;
    next += 1;
    return true;
  };
  const left = Array.from({ length: tasks - at }, (_, index) => at + index);
  await slideWindow(left, run.concurrent, replay, mayStart);
  if (next < tasks && !isOverBudget) await continueAsNew<typeof replayQueue>({ ...input, at: next });
  return activitiesOf(run, EVAL_PROFILES.record).endReplays(run);
}

function activitiesOf({ heartbeat_timeout_ms: beatMs = HEARTBEAT_TIMEOUT_MS }: ReplayQueueRun, options: ActivityOptions): ReplayActivities {
  return proxyActivities<ReplayActivities>({ ...options, heartbeatTimeout: beatMs });
}
