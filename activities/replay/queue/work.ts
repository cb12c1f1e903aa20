import type { Attempt } from '../../ports.ts';
import type { ReplayArmsActivities } from '../../replay-arms-contract.ts';
import type { ReplayActivities } from '../../replay-contract.ts';
import { stopSignal } from '../../stop-signal.ts';
import { endArms } from '../arms/end-arms.ts';
import { endReplays } from './end-queue.ts';
import { planReplays, type ReplayPlan } from './plan-queue.ts';
import { replayQueued } from './replay-queued.ts';
import type { ReplayQueueWorld } from './world.ts';

type Activities = ReplayActivities & ReplayArmsActivities;

/** The activities as a worker runs them: each with its attempt. */
export type ReplayWork = {
  readonly [Name in keyof Activities]: (input: Parameters<Activities[Name]>[0], attempt: Attempt) => ReturnType<Activities[Name]>;
};

/** Every activity of queues of replays, and of comparing them, over one world. */
export function createReplayWork(world: ReplayQueueWorld): ReplayWork {
  // A plan never changes, and each task would read all of it.
  let last: { readonly runId: string; readonly plan: ReplayPlan } | undefined;
  const planOf = (runId: string): ReplayPlan => {
    if (last?.runId !== runId) last = { runId, plan: world.files.read<ReplayPlan>(runId, 'plan') };
    return last.plan;
  };
  return {
    planReplays: (run) => planReplays(world, run),
    replayQueued: async ({ run_id, task }, attempt) => {
      const stop = stopSignal(attempt);
      try {
        return await replayQueued(world, planOf(run_id), task, stop.signal);
      } finally {
        stop.end();
      }
    },
    endReplays: (run) => endReplays(world, run),
    endArms: (run) => endArms(world, run),
  };
}
