import type { Budget } from '../activities/budget-ports.ts';
import type { Corpus } from '../activities/replay/replay-world.ts';
import type { ReplayQueueWorld } from '../activities/replay/queue/world.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import { appendReplayRunOnce, replayLogBytes } from '../adapters/files/replay-log.ts';
import { readTextLines } from '../adapters/text-lines.ts';
import { openWorkStore } from '../adapters/work-store.ts';
import { openCorpus } from './inputs/replay-corpus.ts';
import { generationsOf } from './inputs/replay-generations.ts';
import { openModel } from './inputs/replay-model.ts';
import { openBudget } from './open-budget.ts';

/** Where the work is done. */
export interface ReplayPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The world as a queue of replays sees it, for one workspace. */
export function createReplayQueueWorld({ workspace, env }: ReplayPlace): ReplayQueueWorld {
  const budgets = new Map<string, Budget>();
  // One run after the other: its playbooks are read once, and stay what they were when it began.
  let playbooks: { readonly runId: string; readonly corpus: Promise<Corpus> } | undefined;
  return {
    replay: { clock: { now, nowMs }, sha256, generationsOf: (corpus, ids) => generationsOf(workspace, corpus, ids) },
    files: { ...openWorkStore(workspace, 'replay'), readLines: readTextLines },
    log: {
      bytes: () => replayLogBytes(workspace),
      append: (run, fromByte) => appendReplayRunOnce(workspace, run, fromByte),
    },
    budget: ({ budget: { cost, frame } }) => {
      const key = JSON.stringify([frame, cost]);
      const { run_id: runId, command, cap_usd: capUsd } = frame;
      const opened = budgets.get(key) ?? openBudget({ root: workspace, runId, command, capUsd, settings: cost });
      budgets.set(key, opened);
      return opened;
    },
    corpus: async ({ run_id: runId, choices: { retriever, corpus: file }, base }) => {
      if (retriever === 'none') return null;
      if (playbooks?.runId !== runId) playbooks = { runId, corpus: openCorpus(base, workspace, file ?? undefined) };
      return playbooks.corpus;
    },
    model: ({ settings, base }, name, { kept, budget, scope }) => openModel({ settings, base, env, budget, runId: scope, kept }, name),
  };
}
