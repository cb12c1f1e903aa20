import { ApplicationFailure, Context } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import type { DistillInput } from '../../activities/contract.ts';
import type { RunProgress } from '../../workflows/run-control.ts';
import { until } from '../support/engine-client.ts';

/** Something that happens to a run, and how it ends. */
export interface Story {
  readonly name: string;
  readonly input?: Partial<DistillInput>;
  /** Goes on inside the activity that materializes the second of three shards. */
  inTheMiddle?(run: WorkflowHandle): Promise<void>;
  /** Goes on beside the run, from its start. */
  meanwhile?(run: WorkflowHandle): Promise<void>;
  /** Type of the last event of each part of the run. */
  readonly endings: readonly string[];
}

export const STORIES: readonly Story[] = [
  { name: 'finished', endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'] },
  {
    name: 'stopped-early',
    input: { until: 'score' },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'],
  },
  {
    name: 'paused-and-resumed',
    inTheMiddle: (run) => run.signal('pause', 'user'),
    meanwhile: async (run) => {
      await untilPaused(run);
      await run.signal('resume');
    },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'],
  },
  {
    name: 'interrupted-and-adopted',
    inTheMiddle: (run) => run.signal('pause', 'interrupt'),
    meanwhile: async (run) => {
      await untilPaused(run);
      await run.signal('adopt');
    },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'],
  },
  {
    name: 'cancelled',
    inTheMiddle: async (run) => {
      await run.cancel();
      await heartbeatUntilCancelled();
    },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED'],
  },
  {
    name: 'cancelled-while-paused',
    inTheMiddle: (run) => run.signal('pause', 'user'),
    meanwhile: async (run) => {
      await untilPaused(run);
      await run.cancel();
    },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED'],
  },
  {
    name: 'failed',
    inTheMiddle: async () => {
      throw ApplicationFailure.nonRetryable(
        'reading traces/desk.jsonl: expected the planned digest, found another.',
        'SourceChangedError',
        {
          remedy: 'Start a new run.',
        },
      );
    },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_FAILED'],
  },
  {
    name: 'continued',
    input: { shards_per_history: 2 },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW', 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'],
  },
];

/** Files that the histories of a story are kept in, one for each part of the run. */
export function historyFiles({ name, endings }: Story): readonly string[] {
  return endings.map((_, index) => `distill-${name}${endings.length === 1 ? '' : `-part-${index + 1}`}.json`);
}

async function untilPaused(run: WorkflowHandle): Promise<void> {
  await until(
    () => run.query<RunProgress>('progress'),
    ({ paused, in_flight }) => paused !== null && in_flight === 0,
  );
}

async function heartbeatUntilCancelled(): Promise<never> {
  const beat = setInterval(() => Context.current().heartbeat(), 50);
  try {
    return await Context.current().cancelled;
  } finally {
    clearInterval(beat);
  }
}
