import { tallySpending } from '../longmemeval/tally-spending.ts';
import type { ContradictionsRun } from '../contradictions-contract.ts';
import type { Retriever } from '../search-ports.ts';
import type { ContradictionsWorld } from './world.ts';

/** The engine that a run searches with. */
export interface RunEngine {
  readonly retriever: Retriever;
  /** US dollars that its calls have cost since this was asked last. */
  takeUsd(): number;
}

/** Opens the engine of a run and keeps it for the next batch; that of another run closes it. */
export function keepEngine(world: ContradictionsWorld): (run: ContradictionsRun) => Promise<RunEngine> {
  let kept: { readonly runId: string; readonly engine: RunEngine } | undefined;
  return async (run) => {
    if (kept?.runId === run.run_id) return kept.engine;
    await kept?.engine.retriever.close();
    kept = undefined;
    const { budget, takeUsd } = tallySpending(world.budget(run));
    kept = { runId: run.run_id, engine: { retriever: await world.retriever(run, budget), takeUsd } };
    return kept.engine;
  };
}
