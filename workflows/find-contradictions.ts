import { ActivityCancellationType, continueAsNew, proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow';
import type { ContradictionsActivities, ContradictionsResult, ContradictionsWork } from '../activities/contradictions-contract.ts';
import { CALLS_PER_HISTORY, EVAL_PROFILES, HEARTBEAT_TIMEOUT_MS } from '../temporal.config.ts';
import { slideWindow } from './sliding-window.ts';

/** A run of suspected contradictions, from the pair that an earlier part of it stopped before. */
export interface FindContradictionsInput {
  readonly work: ContradictionsWork;
  /** What an earlier part of it has come to. */
  readonly reached?: { readonly pairs: number; readonly at: number };
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly calls_per_history?: number;
}

/** Candidates of every query, then one paid activity for each pair, several at once, then the report. */
export async function findContradictions(input: FindContradictionsInput): Promise<ContradictionsResult> {
  const { work, calls_per_history: most = CALLS_PER_HISTORY } = input;
  const { run_id } = work;
  const { pairs, at } = input.reached ?? { pairs: await gatherPairs(work), at: 0 };
  const { judgePair } = activitiesOf(work, {
    ...EVAL_PROFILES.call,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  let next = at;
  const mayStart = async (): Promise<boolean> => {
    if (next === at + most || workflowInfo().continueAsNewSuggested) return false;
    next += 1;
    return true;
  };
  const numbers = Array.from({ length: pairs - at }, (_, index) => at + index);
  await slideWindow(numbers, work.window, (pair) => judgePair({ run_id, pair }), mayStart);
  if (next < pairs) await continueAsNew<typeof findContradictions>({ ...input, reached: { pairs, at: next } });
  return activitiesOf(work, EVAL_PROFILES.record).endContradictions({ run_id });
}

/** Batch by batch: engines are opened once and not all of them can be asked several things at once. */
async function gatherPairs(work: ContradictionsWork): Promise<number> {
  const { run_id, batches } = work;
  const { findCandidates } = activitiesOf(work, EVAL_PROFILES.batch);
  for (let batch = 0; batch < batches; batch += 1) await findCandidates({ run_id, batch });
  return (await activitiesOf(work, EVAL_PROFILES.dataset).orderPairs({ run_id })).pairs;
}

function activitiesOf(
  { heartbeat_timeout_ms: beatMs = HEARTBEAT_TIMEOUT_MS }: ContradictionsWork,
  options: ActivityOptions,
): ContradictionsActivities {
  return proxyActivities<ContradictionsActivities>({ ...options, heartbeatTimeout: beatMs });
}
