import { ApplicationFailure } from '@temporalio/activity';
import type { BatchInput, BatchResult, BenchRunInput, BenchSweepInput } from '../../activities/bench-contract.ts';
import { benchRunSettings } from '../support/bench-settings.ts';
import { endOf } from './stand-ins.ts';
import { COMPLETED, CONTINUED, heartbeatUntilCancelled, type Story, type StoryPlace } from './story.ts';

/** Passes over one model, runs of it, and sweeps of three runs. */
export const BENCH_STORIES: readonly Story[] = [
  model('finished'),
  model('continued', { endings: [CONTINUED, CONTINUED, COMPLETED] }, { steps_per_history: 4 }),
  model('failed', {
    standIns: () => ({
      callBatch: inTheMiddle(async () => {
        throw ApplicationFailure.nonRetryable('calling harbor-8b: expected status 200, found 404.', 'CallRefusedError');
      }),
    }),
  }),
  run('finished'),
  run('without-production', {}, { production_url: null }),
  run('dry-run', {}, { dry_run: true }),
  run('preflight-aborted', { standIns: () => ({ preflightCheck: async ({ check }) => ({ check, status: 'abort', detail: 'fog' }) }) }),
  run('pause-refused', { standIns: () => ({ openLease: async () => ({ opened: false, found: 'another lease' }) }) }),
  run('cancelled', {
    standIns: (handle) => ({
      callBatch: inTheMiddle(async () => {
        await handle.cancel();
        await heartbeatUntilCancelled();
      }),
    }),
  }),
  // A minute of it is kept free for the resume, so that no batch of calls fits in what is left.
  run('deadline', {}, { max_pause_s: 90 }),
  run('production-restarted', {
    standIns: () => {
      const restart = makeEvent();
      return {
        callBatch: inTheMiddle(async () => {
          restart.happen();
          await heartbeatUntilCancelled();
        }),
        watchPause: async () => {
          await restart.happened;
          return { seen: 'prod_restart', detail: 'process 4000 before, 4001 now' };
        },
      };
    },
  }),
  sweep('finished'),
  sweep('stopped-after-fail', {
    standIns: () => ({
      endBenchRun: async (outcome) => endOf(outcome, outcome.run.sweep?.index === 2 ? 'FAIL' : 'PASS'),
      judgeSweep: async () => ({ overall: 'FAIL', exit_code: 1, detail: 'a gate' }),
    }),
  }),
  sweep('cancelled', {
    standIns: (handle) => ({
      callBatch: inTheMiddle(async () => {
        await handle.cancel();
        await heartbeatUntilCancelled();
      }),
    }),
  }),
];

type Told = Partial<Pick<Story, 'standIns' | 'endings'>>;

const MODEL = 'harbor-8b';
const PLAN = { main_calls: 12, self_consistency_calls: 4, warmup_calls: 3, has_embeddings: true, has_questions: true };

function model(name: string, told: Told = {}, more: object = {}): Story {
  const input = (place: StoryPlace): object => ({ run: inputOf(place), model: MODEL, plan: PLAN, deadline: null, ...more });
  return { workflow: 'benchModel', name, input, endings: [COMPLETED], ...told };
}

function run(name: string, told: Told = {}, settings: Partial<BenchRunInput['settings']> = {}): Story {
  return { workflow: 'benchRun', name, input: (place) => inputOf(place, settings), endings: [COMPLETED], ...told };
}

function sweep(name: string, told: Told = {}): Story {
  return { workflow: 'benchSweep', name, input: sweepOf, endings: [COMPLETED], ...told };
}

function sweepOf(place: StoryPlace): BenchSweepInput {
  const { workflowId } = place;
  return {
    sweep_id: `sweep-${workflowId}`,
    workflow_id: workflowId,
    runs: [1, 2, 3].map((index) => ({
      ...inputOf(place),
      run_id: `${workflowId}-run-${index}`,
      owner: workflowId,
      sweep: { id: `sweep-${workflowId}`, index, of: 3 },
    })),
    budgets: { mrr: 0.02, hit_at_1: 0.02, judge_mean: 0.1 },
    out: null,
  };
}

function inputOf({ workflowId, taskQueue }: StoryPlace, settings: Partial<BenchRunInput['settings']> = {}): BenchRunInput {
  return {
    run_id: workflowId,
    owner: workflowId,
    started_at: '2026-03-02T08:00:00.000Z',
    sweep: null,
    models: [MODEL],
    settings: benchRunSettings(settings),
    out: null,
    guard_id: `pause-guard-${workflowId}`,
    slot_queue: taskQueue,
    heartbeat_timeout_ms: 10_000,
    config_hash: 'f'.repeat(64),
    code: { version: '0.1.0', commit: null, is_dirty: null },
  };
}

/** Something that goes on inside the second of two batches of the main pass. */
function inTheMiddle(happens: () => Promise<void>): (input: BatchInput) => Promise<BatchResult> {
  return async ({ purpose, batch }) => {
    if (purpose === 'main' && batch === 1) await happens();
    return { calls: 8, failed: 0, reused: 0 };
  };
}

function makeEvent(): { readonly happened: Promise<void>; happen(): void } {
  let happen: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => (happen = resolve));
  return { happened, happen: () => happen() };
}
