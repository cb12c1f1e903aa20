import { ApplicationFailure } from '@temporalio/activity';
import type { LongMemEvalBatch, LongMemEvalRun } from '../../activities/eval-contract.ts';
import { lmeSettings } from '../support/longmemeval-settings.ts';
import { COMPLETED, CONTINUED, heartbeatUntilCancelled, type Story, type StoryPlace } from './story.ts';

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
  return { workflow: 'longMemEval', name, input: (place) => ({ run: runOf(place), ...more }), endings: [COMPLETED], ...told };
}

/** Something that goes on inside the third batch. */
function inTheMiddle(happens: () => Promise<void>): (input: LongMemEvalBatch) => Promise<{ rows: number }> {
  return async ({ batch }) => {
    if (batch === 2) await happens();
    return { rows: 8 };
  };
}

function runOf({ workflowId }: StoryPlace): LongMemEvalRun {
  return {
    run_id: workflowId,
    started_at: '2026-03-02T08:00:00.000Z',
    dataset: { path: 'tales.json', name: 'tales.json', sha256: 'f'.repeat(64) },
    limit: null,
    question_ids: null,
    output: 'rows.jsonl',
    resume_from: null,
    settings: lmeSettings(),
    base: '.',
    window: 4,
    code: { version: '0.1.0', commit: null, is_dirty: null },
    heartbeat_timeout_ms: 10_000,
  };
}
