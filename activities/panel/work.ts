import type { JudgeCall } from '../../domain/panel/index.ts';
import type { PanelActivities, PanelSetup } from '../panel-contract.ts';
import type { Attempt } from '../ports.ts';
import { stopSignal } from '../stop-signal.ts';
import { askJudge } from './ask-judge.ts';
import { endPanelBatch } from './end-batch.ts';
import { planPanel, type WrittenPlan } from './plan.ts';
import type { PanelWorld } from './world.ts';

/** The activities as a worker runs them: each with its attempt. */
export type PanelWork = {
  readonly [Name in keyof PanelActivities]: (
    input: Parameters<PanelActivities[Name]>[0],
    attempt: Attempt,
  ) => ReturnType<PanelActivities[Name]>;
};

/** Every activity of a panel over one world. */
export function createPanelWork(world: PanelWorld): PanelWork {
  const written = keepLast((run_id) => ({
    setup: world.files.read<PanelSetup>(run_id, 'setup'),
    plan: world.files.read<WrittenPlan>(run_id, 'plan'),
  }));
  const ask = async ({ run_id, call }: { readonly run_id: string; readonly call: JudgeCall }, attempt: Attempt) => {
    const stop = stopSignal(attempt);
    try {
      return await askJudge(world, written(run_id), call, stop.signal);
    } finally {
      stop.end();
    }
  };
  return {
    planPanel: (run) => planPanel(world, run),
    askJudge: ask,
    endPanelBatch: (run) => endPanelBatch(world, run),
  };
}

/** What was read last: a plan never changes, and each call would read all of it. */
function keepLast<Value>(read: (runId: string) => Value): (runId: string) => Value {
  let kept: { readonly runId: string; readonly value: Value } | undefined;
  return (runId) => {
    if (kept?.runId !== runId) kept = { runId, value: read(runId) };
    return kept.value;
  };
}
