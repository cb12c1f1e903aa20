import type { ContradictionsActivities } from '../contradictions-contract.ts';
import type { Attempt } from '../ports.ts';
import { stopSignal } from '../stop-signal.ts';
import { endContradictions } from './end-run.ts';
import { findCandidates } from './find-candidates.ts';
import { judgePair } from './judge-pair.ts';
import { keepEngine } from './keep-engine.ts';
import { orderPairs } from './order-pairs.ts';
import type { ContradictionsWorld } from './world.ts';

/** The activities as a worker runs them: each with its attempt. */
export type ContradictionsWork = {
  readonly [Name in keyof ContradictionsActivities]: (
    input: Parameters<ContradictionsActivities[Name]>[0],
    attempt: Attempt,
  ) => ReturnType<ContradictionsActivities[Name]>;
};

/** Every activity of suspected contradictions over one world. The engine of a run stays open from batch to batch. */
export function createContradictionsWork(world: ContradictionsWorld): ContradictionsWork {
  const engineOf = keepEngine(world);
  return {
    findCandidates: (input, attempt) => findCandidates(world, input, attempt, engineOf),
    orderPairs: ({ run_id }) => orderPairs(world, run_id),
    judgePair: async (input, attempt) => {
      const stop = stopSignal(attempt);
      try {
        await judgePair(world, input, stop.signal);
      } finally {
        stop.end();
      }
    },
    endContradictions: ({ run_id }) => endContradictions(world, run_id),
  };
}
