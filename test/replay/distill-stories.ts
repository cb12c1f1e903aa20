import { ApplicationFailure } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import type { DistillInput } from '../../activities/contract.ts';
import { configSchema } from '../../schemas/config.ts';
import type { RunProgress } from '../../workflows/run-control.ts';
import { until } from '../support/engine-client.ts';
import { COMPLETED, CONTINUED, heartbeatUntilCancelled, type Story } from './story.ts';

/** Runs of the refinery over three shards. */
export const DISTILL_STORIES: readonly Story[] = [
  distill('finished', { endings: [COMPLETED] }),
  distill('stopped-early', { endings: [COMPLETED] }, { until: 'score' }),
  distill('paused-and-resumed', {
    ...inTheMiddle((run) => run.signal('pause', 'user')),
    meanwhile: async (run) => {
      await untilPaused(run);
      await run.signal('resume');
    },
    endings: [COMPLETED],
  }),
  distill('interrupted-and-adopted', {
    ...inTheMiddle((run) => run.signal('pause', 'interrupt')),
    meanwhile: async (run) => {
      await untilPaused(run);
      await run.signal('adopt');
    },
    endings: [COMPLETED],
  }),
  distill('cancelled', {
    ...inTheMiddle(async (run) => {
      await run.cancel();
      await heartbeatUntilCancelled();
    }),
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED'],
  }),
  distill('cancelled-while-paused', {
    ...inTheMiddle((run) => run.signal('pause', 'user')),
    meanwhile: async (run) => {
      await untilPaused(run);
      await run.cancel();
    },
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED'],
  }),
  distill('failed', {
    ...inTheMiddle(async () => {
      throw ApplicationFailure.nonRetryable(
        'reading traces/desk.jsonl: expected the planned digest, found another.',
        'SourceChangedError',
        { remedy: 'Start a new run.' },
      );
    }),
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_FAILED'],
  }),
  distill('continued', { endings: [CONTINUED, COMPLETED] }, { shards_per_history: 2 }),
];

function distill(name: string, told: Pick<Story, 'standIns' | 'meanwhile' | 'endings'>, input: Partial<DistillInput> = {}): Story {
  return { workflow: 'distill', name, input: ({ workflowId }) => ({ ...distillInputOf(name, workflowId), ...input }), ...told };
}

/** Something that goes on inside the activity that materializes the second of three shards. */
function inTheMiddle(happens: (run: WorkflowHandle) => Promise<void>): Pick<Story, 'standIns'> {
  return {
    standIns: (run) => ({
      materializeShard: async ({ index }) => {
        if (index === 1) await happens(run);
        return { rows: 10 };
      },
    }),
  };
}

export function distillInputOf(name: string, workflowId: string): DistillInput {
  return {
    run_id: `20260302T080000000Z-${name}`,
    workflow_id: workflowId,
    started_at: '2026-03-02T08:00:00.000Z',
    requests: [{ name: 'desk', paths: ['traces/desk.jsonl'], base: '/harbour', options: {} }],
    skip_unknown: false,
    settings: configSchema.parse({}).distill,
    config_digest: 'f'.repeat(64),
    config_base: '.',
    code_version: '0.1.0',
    until: 'audit',
    window: 2,
  };
}

async function untilPaused(run: WorkflowHandle): Promise<void> {
  await until(
    () => run.query<RunProgress>('progress'),
    ({ paused, in_flight }) => paused !== null && in_flight === 0,
  );
}
