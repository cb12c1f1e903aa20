import { ApplicationFailure } from '@temporalio/activity';
import type { CellBatch, SuitesRun } from '../../activities/suites-contract.ts';
import { COMPLETED, CONTINUED, heartbeatUntilCancelled, type Story } from './story.ts';

const CANCELLED = 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED';

/** Runs over suites, and the child that one of them is. */
export const SUITES_STORIES: readonly Story[] = [
  runAll('finished'),
  runAll('cell-failed', { standIns: () => ({ measureBatch: inTheMiddle(refuse) }) }),
  runAll('cancelled', {
    standIns: (handle) => ({
      measureBatch: inTheMiddle(async () => {
        await handle.cancel();
        await heartbeatUntilCancelled();
      }),
    }),
    endings: [CANCELLED],
  }),
  measure('finished'),
  measure('continued', { endings: [CONTINUED, COMPLETED] }, { batches_per_history: 4 }),
  measure('failed', { standIns: () => ({ measureBatch: inTheMiddle(refuse) }), endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_FAILED'] }),
  measure('cancelled', {
    standIns: (handle) => ({
      measureBatch: inTheMiddle(async () => {
        await handle.cancel();
        await heartbeatUntilCancelled();
      }),
    }),
    endings: [CANCELLED],
  }),
];

type Told = Partial<Pick<Story, 'standIns' | 'endings'>>;

function runAll(name: string, told: Told = {}): Story {
  return { workflow: 'evalRunAll', name, input: ({ workflowId }) => runOf(workflowId), endings: [COMPLETED], ...told };
}

function measure(name: string, told: Told = {}, more: object = {}): Story {
  return {
    workflow: 'measureSuite',
    name,
    input: ({ workflowId }) => ({
      run_id: 'run-all',
      cell: { suite: 'orchards', mode: 'balanced', run_uid: workflowId },
      batches: 6,
      heartbeat_timeout_ms: 10_000,
      ...more,
    }),
    endings: [COMPLETED],
    ...told,
  };
}

/** Something that goes on inside the third batch. */
function inTheMiddle(happens: () => Promise<void>): (input: CellBatch) => Promise<{ rows: number }> {
  return async ({ batch }) => {
    if (batch === 2) await happens();
    return { rows: 16 };
  };
}

async function refuse(): Promise<never> {
  throw ApplicationFailure.nonRetryable(
    'opening the collection orchards: expected a collection of that name, found none.',
    'CollectionError',
  );
}

/** A suite of each kind in one mode, and one in two. */
function runOf(workflowId: string): SuitesRun {
  const cells = [
    ['longmemeval', 'balanced'],
    ['replay', 'balanced'],
    ['orchards', 'conservative'],
    ['orchards', 'balanced'],
  ] as const;
  return {
    run_id: workflowId,
    cells: cells.map(([suite, mode]) => ({ suite, mode, run_uid: `${workflowId}-${suite}-${mode}` })),
    parallel: 2,
    heartbeat_timeout_ms: 10_000,
  };
}
