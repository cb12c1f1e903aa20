import { ApplicationFailure } from '@temporalio/activity';
import type { LongMemEvalBatch } from '../../activities/eval-contract.ts';
import { lmeRunOf } from './lme-run.ts';
import { COMPLETED, CONTINUED, heartbeatUntilCancelled, type Story } from './story.ts';

/** Runs of LongMemEval over twelve batches. */
export const EVAL_STORIES: readonly Story[] = [
  longMemEval('finished'),
  longMemEval('continued', { endings: [CONTINUED, CONTINUED, COMPLETED] }, { batches_per_history: 5 }),
  longMemEval('nothing-left', { standIns: () => ({ planLongMemEval: async () => ({ batches: 0, questions: 0, reused: 96 }) }) }),
  longMemEval('failed', {
    standIns: () => ({
      askBatch: inTheMiddle(async () => {
        throw ApplicationFailure.nonRetryable('scanning for leaks of gold: expected none, found a session id.', 'CollectionError');
      }),
    }),
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_FAILED'],
  }),
  longMemEval('cancelled', {
    standIns: (handle) => ({
      askBatch: inTheMiddle(async () => {
        await handle.cancel();
        await heartbeatUntilCancelled();
      }),
    }),
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED'],
  }),
];

function longMemEval(name: string, told: Partial<Pick<Story, 'standIns' | 'endings'>> = {}, more: object = {}): Story {
  return { workflow: 'longMemEval', name, input: (place) => ({ run: lmeRunOf(place.workflowId), ...more }), endings: [COMPLETED], ...told };
}

/** Something that goes on inside the third batch. */
function inTheMiddle(happens: () => Promise<void>): (input: LongMemEvalBatch) => Promise<{ rows: number }> {
  return async ({ batch }) => {
    if (batch === 2) await happens();
    return { rows: 8 };
  };
}
