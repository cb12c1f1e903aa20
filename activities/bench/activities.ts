import { Context } from '@temporalio/activity';
import { findRestart } from '../../domain/pause/index.ts';
import type { BenchActivities } from '../bench-contract.ts';
import { beating } from './beating.ts';
import { callBatch } from './call-batch.ts';
import { embedOutputs, embedRepeats } from './embed.ts';
import { endBenchRun, findBenchRun } from './end-run.ts';
import { judgedAnswers } from './judge-batch.ts';
import { openBenchRun } from './open-run.ts';
import { preflightCheck } from './preflight.ts';
import { readCard } from './read-card.ts';
import { scoreRetrieval } from './score-retrieval.ts';
import { summarizeModel } from './summarize-model.ts';
import { judgeSweep, recordSweep, type SweepWorld } from './sweep.ts';
import { takeSlot } from './take-slot.ts';

/** How often it is looked whether a production has appeared. */
const LOOK_MS = 5_000;

/** Every activity of a bench over the same world. */
export function createBenchActivities(world: SweepWorld): BenchActivities {
  return {
    findBenchRun: (run) => beating(async () => findBenchRun(world, run)),
    preflightCheck: (input) => beating(() => preflightCheck(world, input)),
    takeSlot: (run) => beating(() => takeSlot(world, run, (ms) => Context.current().sleep(ms))),
    freeSlot: (run) => beating(() => world.slot(run.settings.base_url).free(run.owner)),
    openBenchRun: (input) => beating(() => openBenchRun(world, input)),
    readCard: (input) => readCard(world, input),
    callBatch: (input) => callBatch(world, input),
    embedOutputs: (input) => embedOutputs(world, input),
    embedRepeats: (input) => embedRepeats(world, input),
    scoreRetrieval: (input) => beating(() => scoreRetrieval(world, input)),
    watchAbsence: ({ settings }) =>
      beating(async () => {
        for (;;) {
          const health = await world.health(settings.production_url ?? '');
          const detail = findRestart({ was: 'absent' }, health);
          if (detail !== null) return { detail };
          await Context.current().sleep(LOOK_MS);
        }
      }),
    planJudge: async (input) => {
      if (input.run.settings.judge === null) return { calls: 0 };
      return { calls: (await beating(() => judgedAnswers(world, input))).length };
    },
    summarizeModel: (input) => beating(() => summarizeModel(world, input)),
    endBenchRun: (outcome) => beating(() => endBenchRun(world, outcome)),
    openSweep: (sweep) => beating(async () => world.keepSweepInput(sweep)),
    judgeSweep: (sweep) => beating(() => judgeSweep(world, sweep)),
    endSweep: ({ sweep, result }) => beating(async () => world.keepSweepResult(sweep, result)),
    recordSweep: (sweep) => beating(() => recordSweep(world, sweep)),
  };
}
