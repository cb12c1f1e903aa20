import { ApplicationFailure } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import type { PauseRequest } from '../../activities/pause-contract.ts';
import { COMPLETED, CONTINUED, heartbeatUntilCancelled, type Activities, type Story } from './story.ts';

/** Pauses of a production system, from the side of their guard; the run that they are for is not there. */
export const PAUSE_STORIES: readonly Story[] = [
  guard('finished', {
    standIns: (run) => ({
      watchPause: whileHeld(() => renew(run)),
      renewLease: async ({ at }) => {
        await run.signal('release', 'released');
        return { state: 'paused', renewed_at: at, holder: null };
      },
    }),
  }),
  guard('ttl', {}, { ttl_s: 1 }),
  guard('deadline', {}, { max_pause_s: 1 }),
  guard('cancelled', { standIns: (run) => ({ watchPause: whileHeld(() => run.cancel().then(() => undefined)) }) }),
  guard('refused', { standIns: () => ({ openLease: async () => ({ opened: false, found: 'another lease' }) }) }),
  guard('not-quiescent', {
    standIns: () => ({
      pauseProduction: async () => ({ production: { pid: 4000, paused_at: null }, is_quiescent: false }),
      awaitQuiescence: async () => ({ state: 'not_quiescent', detail: 'a batch is still active' }),
    }),
  }),
  guard('resume-pending', {
    standIns: (run) => {
      let refusals = 2;
      const refuse = (): void => {
        refusals -= 1;
        if (refusals >= 0) throw ApplicationFailure.nonRetryable('resuming: expected health with `paused` false.', 'ProductionError');
      };
      const resume = async (): Promise<{ resumed_at: string }> => {
        refuse();
        return { resumed_at: new Date().toISOString() };
      };
      return {
        watchPause: whileHeld(() => run.signal('release', 'released')),
        resumeProduction: resume,
        resumeWithoutGuard: resume,
      };
    },
  }),
  guard(
    'continued',
    {
      standIns: (run) => {
        let parts = 0;
        return {
          watchPause: whileHeld(async () => {
            parts += 1;
            await (parts === 1 ? renew(run) : run.signal('release', 'released'));
          }),
        };
      },
      endings: [CONTINUED, COMPLETED],
    },
    { renewals_per_history: 1 },
  ),
];

function guard(name: string, told: Partial<Pick<Story, 'standIns' | 'endings'>>, request: Partial<PauseRequest> = {}): Story {
  return {
    workflow: 'pauseGuard',
    name,
    input: ({ workflowId }) => ({ ...requestOf(workflowId), ...request }),
    endings: [COMPLETED],
    ...told,
  };
}

function requestOf(workflowId: string): PauseRequest {
  return {
    guard_id: workflowId,
    production_url: 'http://127.0.0.1:8787',
    owner: `run-of-${workflowId}`,
    ttl_s: 120,
    renew_every_s: 30,
    max_pause_s: 2_700,
    quiescence_limit_s: 300,
    quiescence_poll_s: 2,
    watch_every_s: 5,
  };
}

/** Something that happens once production is paused. */
function whileHeld(happens: () => Promise<void>): Activities['watchPause'] {
  return async () => {
    await happens();
    return heartbeatUntilCancelled();
  };
}

function renew(run: WorkflowHandle): Promise<void> {
  return run.signal('renew', new Date(Date.now() + 1).toISOString());
}
