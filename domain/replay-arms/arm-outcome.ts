import type { ReplayQueueReport } from '../../schemas/replay-queue.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';

/** What became of one task of an arm, as the report of its queue says, and its row where there is one. */
export interface ArmOutcome extends Pick<ReplayQueueReport['tasks'][number], 'state' | 'reasons'> {
  readonly row: ReplayRun | null;
}

/** The row of a task that was answered, whether the gate passed it or not; null for any other. RangeError when the row of an answer is missing. */
export function answeredRow({ state, row }: ArmOutcome): ReplayRun | null {
  if (state !== 'passed' && state !== 'refused') return null;
  if (row !== null) return row;
  throw new RangeError(`measuring replays, on a task that is ${state}: expected its row, found none. Pass the row of every answer.`);
}

/** What the calls of a task came to in US dollars, answered or not. */
export function costOf({ row }: ArmOutcome): number {
  return row?.usage.cost_usd ?? 0;
}
