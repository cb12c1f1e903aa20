import type { Attempt } from '../ports.ts';
import type { SuitesActivities } from '../suites-contract.ts';
import { endCell, endSuites } from './end-cell.ts';
import { measureBatch } from './measure-batch.ts';
import { openCell } from './open-cell.ts';
import type { JudgedWork, SuitesRunDocument } from './run-document.ts';
import type { SuiteEngines, SuitesWorld } from './world.ts';

/** The activities as a worker thread runs them: each with its attempt. */
export type SuitesWork = {
  readonly [Name in keyof SuitesActivities]: (
    input: Parameters<SuitesActivities[Name]>[0],
    attempt: Attempt,
  ) => ReturnType<SuitesActivities[Name]>;
};

/** Every activity of a run over suites, over one world. The engine of a cell stays open from batch to batch. */
export function createSuitesWork(world: SuitesWorld): SuitesWork {
  const enginesOf = keepLast((run, work) => world.engines(run, work));
  return {
    openCell: async (input) => openCell(world, input),
    measureBatch: (input, attempt) => measureBatch(world, input, attempt, enginesOf),
    endCell: (input) => endCell(world, input),
    endSuites: async (run) => endSuites(world, run),
  };
}

type OpenEngines = (run: SuitesRunDocument, work: JudgedWork) => Promise<SuiteEngines>;

/** The engines that were used last; others close them. */
function keepLast(open: OpenEngines): OpenEngines {
  let kept: { readonly key: string; readonly engines: SuiteEngines } | undefined;
  return async (run, work) => {
    const key = JSON.stringify([run.run_id, run.retrieval_budget, work.place]);
    if (kept?.key === key) return kept.engines;
    await kept?.engines.close();
    kept = undefined;
    kept = { key, engines: await open(run, work) };
    return kept.engines;
  };
}
