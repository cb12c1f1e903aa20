import { Context } from '@temporalio/activity';
import { findRestart } from '../../domain/pause/index.ts';
import type { BenchActivities } from '../bench-contract.ts';
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

/** How often it is looked whether a production has appeared. */
const LOOK_MS = 5_000;
const BEAT_MS = 1_000;

/** Every activity of a bench over the same world. */
export function createBenchActivities(world: SweepWorld): BenchActivities {
  return {
    findBenchRun: async (run) => findBenchRun(world, run),
    preflightCheck: (input) => beating(() => preflightCheck(world, input)),
    takeSlot: async (run) => {
      const attempt = await world.slot(run.settings.base_url).take(run.owner);
      if (attempt.taken) return { token: attempt.token, detail: '' };
      return { token: null, detail: `held by ${attempt.holder.owner ?? 'nobody'}, last seen ${attempt.holder.renewed_at}` };
    },
    freeSlot: (run) => world.slot(run.settings.base_url).free(run.owner),
    openBenchRun: (input) => beating(() => openBenchRun(world, input)),
    readCard: (input) => readCard(world, input),
    callBatch: (input) => callBatch(world, input),
    embedOutputs: (input) => embedOutputs(world, input),
    embedRepeats: (input) => embedRepeats(world, input),
    scoreRetrieval: (input) => beating(() => scoreRetrieval(world, input)),
    watchAbsence: async ({ settings }) => {
      const context = Context.current();
      for (;;) {
        context.heartbeat();
        const health = await world.health(settings.production_url ?? '');
        const detail = findRestart({ was: 'absent' }, health);
        if (detail !== null) return { detail };
        await context.sleep(LOOK_MS);
      }
    },
    planJudge: async (input) => {
      if (input.run.settings.judge === null) return { calls: 0 };
      return { calls: (await judgedAnswers(world, input)).length };
    },
    summarizeModel: (input) => beating(() => summarizeModel(world, input)),
    endBenchRun: (outcome) => beating(() => endBenchRun(world, outcome)),
    judgeSweep: (sweep) => beating(() => judgeSweep(world, sweep)),
    endSweep: async ({ sweep, result }) => world.keepSweepResult(sweep, result),
    recordSweep: (sweep) => beating(() => recordSweep(world, sweep)),
  };
}

/** Heartbeats while work that asks nobody goes on. */
async function beating<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const beats = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beats);
  }
}
