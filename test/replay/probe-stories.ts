import { ApplicationFailure } from '@temporalio/activity';
import type { PanelActivities } from '../../activities/panel-contract.ts';
import type { ProbeActivities } from '../../activities/probe-contract.ts';
import { lmeRunOf } from './lme-run.ts';
import { distillInputOf } from './distill-stories.ts';
import { armsRunOf, panelRunOf, queueRunOf } from './probe-runs.ts';
import { COMPLETED, CONTINUED, heartbeatUntilCancelled, type Story } from './story.ts';

const CANCELLED = 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED';

/** Panels over ten answers, contradictions among nine pairs, queues of nine tasks, one and two, and nights of the probe. */
export const PROBE_STORIES: readonly Story[] = [
  panel('finished'),
  panel('judge-silent', { standIns: () => ({ askJudge: async ({ call }) => ({ state: call.judge === 'b' ? 'failed' : 'answered' }) }) }),
  panel('over-budget', { standIns: () => ({ askJudge: async ({ call }) => ({ state: call.item > 4 ? 'over_budget' : 'answered' }) }) }),
  panel('continued', { endings: [CONTINUED, CONTINUED, COMPLETED] }, { calls_per_history: 12 }),
  panel('cancelled', {
    standIns: (handle) => ({
      askJudge: atItem(2, async () => {
        await handle.cancel();
        await heartbeatUntilCancelled();
      }),
    }),
    endings: [CANCELLED],
  }),
  contradictions('finished'),
  contradictions('continued', { endings: [CONTINUED, CONTINUED, COMPLETED] }, { calls_per_history: 4 }),
  contradictions('failed', {
    standIns: () => ({ findCandidates: refuse }),
    endings: ['EVENT_TYPE_WORKFLOW_EXECUTION_FAILED'],
  }),
  contradictions('cancelled', {
    standIns: (handle) => ({
      judgePair: async ({ pair }) => {
        if (pair !== 4) return;
        await handle.cancel();
        await heartbeatUntilCancelled();
      },
    }),
    endings: [CANCELLED],
  }),
  queue('finished'),
  queue('over-budget', { standIns: () => ({ replayQueued: async ({ task }) => ({ state: task > 4 ? 'over_budget' : 'replayed' }) }) }),
  queue('continued', { endings: [CONTINUED, CONTINUED, COMPLETED] }, { calls_per_history: 4 }),
  queue('cancelled', {
    standIns: (handle) => ({
      replayQueued: async ({ task }) => {
        if (task !== 4) return { state: 'replayed' };
        await handle.cancel();
        return heartbeatUntilCancelled();
      },
    }),
    endings: [CANCELLED],
  }),
  arms('finished'),
  arms('over-budget', {
    standIns: () => ({
      endReplays: async ({ run_id }) => ({
        run_id,
        verdict: 'unfinished',
        exit_code: 2,
        counts: { tasks: 9, passed: 8, refused: 0, unanswered: 0, skipped_budget: 1, escalated: 0 },
      }),
      endArms: async ({ run_id }) => ({ run_id, exit_code: 2 }),
    }),
  }),
  arms('cancelled', {
    standIns: (handle) => ({
      replayQueued: async ({ task }) => {
        if (task !== 4) return { state: 'replayed' };
        await handle.cancel();
        return heartbeatUntilCancelled();
      },
    }),
    endings: [CANCELLED],
  }),
  night('finished', { standIns: () => ({ ...opens('quality') }) }),
  night('drifted', { standIns: () => ({ ...opens('distill-drift') }) }),
  night('replayed', { standIns: () => ({ ...opens('replay-queue') }) }),
  night('limited', {}),
  night('failed', { standIns: () => ({ ...opens('quality'), planLongMemEval: refuse }) }),
  night('nobody-told', { standIns: () => ({ ...opens('quality'), tellProbe: refuse }) }),
  night('cancelled', {
    standIns: (handle) => ({
      ...opens('quality'),
      askJudge: atItem(2, async () => {
        await handle.cancel();
        await heartbeatUntilCancelled();
      }),
    }),
    endings: [CANCELLED],
  }),
];

type Told = Partial<Pick<Story, 'standIns' | 'endings'>>;

function panel(name: string, told: Told = {}, more: object = {}): Story {
  return {
    workflow: 'panelBatch',
    name,
    input: ({ workflowId }) => ({ run: panelRunOf(workflowId), ...more }),
    endings: [COMPLETED],
    ...told,
  };
}

function contradictions(name: string, told: Told = {}, more: object = {}): Story {
  const work = { batches: 2, window: 2, heartbeat_timeout_ms: 10_000 };
  const input: Story['input'] = ({ workflowId }) => ({ work: { run_id: workflowId, ...work }, ...more });
  return { workflow: 'findContradictions', name, input, endings: [COMPLETED], ...told };
}

function queue(name: string, told: Told = {}, more: object = {}): Story {
  return {
    workflow: 'replayQueue',
    name,
    input: ({ workflowId }) => ({ run: queueRunOf(workflowId), ...more }),
    endings: [COMPLETED],
    ...told,
  };
}

function arms(name: string, told: Told = {}): Story {
  return { workflow: 'replayArms', name, input: ({ workflowId }) => ({ run: armsRunOf(workflowId) }), endings: [COMPLETED], ...told };
}

function night(name: string, told: Told): Story {
  return {
    workflow: 'nightlyProbe',
    name,
    input: ({ workflowId }) => ({ probe: 'nightly', run_id: workflowId }),
    endings: [COMPLETED],
    ...told,
  };
}

/** Something that goes on while a judge looks at an item. */
function atItem(item: number, happens: () => Promise<void>): PanelActivities['askJudge'] {
  return async ({ call }) => {
    if (call.item === item && call.judge === 'a') await happens();
    return { state: 'answered' };
  };
}

/** A night that looks at one kind, and finds work for it. */
function opens(kind: 'quality' | 'distill-drift' | 'replay-queue'): Pick<ProbeActivities, 'beginNight' | 'openProbe'> {
  return {
    beginNight: async () => ({ kinds: [kind] }),
    openProbe: async ({ run_id }) => {
      if (kind === 'quality') return { work: kind, run: lmeRunOf(`${run_id}-questions`) };
      if (kind === 'replay-queue') return { work: kind, run: queueRunOf(`${run_id}-queue`) };
      return { work: kind, run: distillInputOf('nightly', `${run_id}-distill`) };
    },
  };
}

async function refuse(): Promise<never> {
  throw ApplicationFailure.nonRetryable(
    'opening the collection orchards: expected a collection of that name, found none.',
    'CollectionError',
  );
}
