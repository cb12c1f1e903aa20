import type { LongMemEvalActivities, LongMemEvalRun } from '../eval-contract.ts';
import type { Attempt } from '../ports.ts';
import { askBatch } from './ask-batch.ts';
import { appendBatch, endLongMemEval } from './end-run.ts';
import { planLongMemEval } from './plan.ts';
import type { RunEngine } from './run-engine.ts';
import { tallySpending } from './tally-spending.ts';
import type { LongMemEvalWorld } from './world.ts';

/** The activities as a worker thread runs them: each with its attempt. */
export type LongMemEvalWork = {
  readonly [Name in keyof LongMemEvalActivities]: (
    input: Parameters<LongMemEvalActivities[Name]>[0],
    attempt: Attempt,
  ) => ReturnType<LongMemEvalActivities[Name]>;
};

/** Every activity of LongMemEval over one world. The engine of a run stays open from batch to batch. */
export function createLongMemEvalWork(world: LongMemEvalWorld): LongMemEvalWork {
  const engineOf = keepLast(async (run) => {
    const { budget, takeUsd } = tallySpending(world.budget(run, 'retrieval'));
    return { retriever: await world.retriever(run, budget), takeUsd };
  });
  return {
    planLongMemEval: (run, attempt) => planLongMemEval(world, run, attempt),
    askBatch: (input, attempt) => askBatch(world, input, attempt, engineOf),
    appendBatch: async (input) => appendBatch(world, input),
    endLongMemEval: (run) => endLongMemEval(world, run),
  };
}

/** The engine that was used last; another one closes it. */
function keepLast(open: (run: LongMemEvalRun) => Promise<RunEngine>): (run: LongMemEvalRun) => Promise<RunEngine> {
  let kept: { readonly key: string; readonly engine: RunEngine } | undefined;
  return async (run) => {
    const key = JSON.stringify([run.settings.retrieval, run.base, run.budget]);
    if (kept?.key === key) return kept.engine;
    await kept?.engine.retriever.close();
    kept = undefined;
    kept = { key, engine: await open(run) };
    return kept.engine;
  };
}
