import type { LongMemEvalActivities, LongMemEvalRun } from '../eval-contract.ts';
import type { Attempt } from '../ports.ts';
import type { Retriever } from '../search-ports.ts';
import { askBatch } from './ask-batch.ts';
import { appendBatch, endLongMemEval } from './end-run.ts';
import { planLongMemEval } from './plan.ts';
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
  const retrieverOf = keepLast((run) => world.retriever(run));
  return {
    planLongMemEval: (run, attempt) => planLongMemEval(world, run, attempt),
    askBatch: (input, attempt) => askBatch(world, input, attempt, retrieverOf),
    appendBatch: async (input) => appendBatch(world, input),
    endLongMemEval: async (run) => endLongMemEval(world, run),
  };
}

/** The engine that was used last; another one closes it. */
function keepLast(open: (run: LongMemEvalRun) => Promise<Retriever>): (run: LongMemEvalRun) => Promise<Retriever> {
  let kept: { readonly key: string; readonly retriever: Retriever } | undefined;
  return async (run) => {
    const key = JSON.stringify([run.settings.retrieval, run.base]);
    if (kept?.key === key) return kept.retriever;
    await kept?.retriever.close();
    kept = undefined;
    kept = { key, retriever: await open(run) };
    return kept.retriever;
  };
}
