import {
  ActivityCancellationType,
  CancellationScope,
  continueAsNew,
  proxyActivities,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { LongMemEvalActivities, LongMemEvalResult, LongMemEvalRun } from '../activities/eval-contract.ts';
import { BATCHES_PER_HISTORY, EVAL_PROFILES, HEARTBEAT_TIMEOUT_MS } from '../temporal.config.ts';
import { slideWindow } from './sliding-window.ts';

/** A run of LongMemEval, from the batch that an earlier part of it stopped before. */
export interface LongMemEvalWorkflowInput {
  readonly run: LongMemEvalRun;
  readonly at?: number;
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly batches_per_history?: number;
}

/** Plan, batches side by side, each appended to the file when it is done, then the whole file in order and the report. */
export async function longMemEval(input: LongMemEvalWorkflowInput): Promise<LongMemEvalResult> {
  const { run, at = 0, batches_per_history: most = BATCHES_PER_HISTORY } = input;
  const { batches } = await activitiesOf(run, EVAL_PROFILES.dataset).planLongMemEval(run);
  const file = new InTurn();
  const { appendBatch } = activitiesOf(run, EVAL_PROFILES.record);
  const { askBatch } = activitiesOf(run, {
    ...EVAL_PROFILES.batch,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  const ask = async (batch: number): Promise<void> => {
    try {
      await askBatch({ run, batch });
    } finally {
      // What a batch came to before it was cancelled is answered, and perhaps paid for.
      await file.next(() => CancellationScope.nonCancellable(() => appendBatch({ run, batch })));
    }
  };
  let next = at;
  const mayStart = async (): Promise<boolean> => {
    if (next === at + most || workflowInfo().continueAsNewSuggested) return false;
    next += 1;
    return true;
  };
  const numbers = Array.from({ length: batches - at }, (_, index) => at + index);
  await slideWindow(numbers, run.window, ask, mayStart);
  if (next < batches) await continueAsNew<typeof longMemEval>({ ...input, at: next });
  return activitiesOf(run, EVAL_PROFILES.record).endLongMemEval(run);
}

function activitiesOf(
  { heartbeat_timeout_ms: beatMs = HEARTBEAT_TIMEOUT_MS }: LongMemEvalRun,
  options: ActivityOptions,
): LongMemEvalActivities {
  return proxyActivities<LongMemEvalActivities>({ ...options, heartbeatTimeout: beatMs });
}

/** Does one thing after the other, in the order in which they were asked for. */
class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  next<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
