import type { Budget } from '../activities/budget-ports.ts';
import type { ReplayQueueRun } from '../activities/replay-contract.ts';
import type { ReplayQueueWorld } from '../activities/replay/queue/world.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import { appendReplayRunOnce, replayLogBytes } from '../adapters/files/replay-log.ts';
import { readTextLines } from '../adapters/text-lines.ts';
import { openWorkStore } from '../adapters/work-store.ts';
import { enterServer, requireFreeServer } from './inputs/enter-server.ts';
import { openCorpus, type OpenedCorpus } from './inputs/replay-corpus.ts';
import { generationsOf } from './inputs/replay-generations.ts';
import { openModel, servedModelOf } from './inputs/replay-model.ts';
import { openBudget } from './open-budget.ts';

/** Where the work is done. */
export interface ReplayPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One run after the other is usual, two arms side by side at most; 100,000 playbooks take half a gigabyte, with vectors twice that. */
const MOST_CORPORA = 2;

/** The world as a queue of replays sees it, for one workspace. */
export function createReplayQueueWorld({ workspace, env }: ReplayPlace): ReplayQueueWorld {
  const budgets = new Map<string, Budget>();
  const corpora = new Map<string, Promise<OpenedCorpus>>();

  const budgetOf = ({ budget: { cost, frame } }: ReplayQueueRun): Budget => {
    const key = JSON.stringify([frame, cost]);
    const { run_id: runId, command, cap_usd: capUsd } = frame;
    const opened = budgets.get(key) ?? openBudget({ root: workspace, runId, command, capUsd, settings: cost });
    budgets.set(key, opened);
    return opened;
  };

  /** Read once for each run: its playbooks stay what they were when it began. */
  const corpusOf = (run: ReplayQueueRun, exported: string | undefined): Promise<OpenedCorpus> => {
    const { run_id: runId, choices, base, search: settings } = run;
    const known = corpora.get(runId);
    if (known !== undefined) return known;
    const search = settings === undefined ? undefined : { settings, base, env, budget: budgetOf(run), tell: () => undefined };
    const opened = openCorpus(base, workspace, { file: choices.corpus ?? undefined, run: exported, share: choices.corpus_share, search });
    corpora.set(runId, opened);
    opened.catch(() => corpora.delete(runId));
    const [oldest] = corpora.keys();
    if (corpora.size > MOST_CORPORA && oldest !== undefined) {
      // What could not be opened has nothing to close; whoever asked for it is told.
      corpora
        .get(oldest)!
        .then((corpus) => corpus.close())
        .catch(() => undefined);
      corpora.delete(oldest);
    }
    return opened;
  };

  return {
    replay: { clock: { now, nowMs }, sha256, generationsOf: (corpus, ids) => generationsOf(workspace, corpus, ids) },
    files: { ...openWorkStore(workspace, 'replay'), readLines: readTextLines },
    log: {
      bytes: () => replayLogBytes(workspace),
      append: (run, fromByte) => appendReplayRunOnce(workspace, run, fromByte),
    },
    budget: budgetOf,
    corpus: async (run, exported) => (run.choices.retriever === 'none' ? null : corpusOf(run, exported)),
    requireFreeServer: ({ settings }, name) => {
      const served = servedModelOf(settings, name);
      if (served !== undefined) requireFreeServer(workspace, served.base_url);
    },
    model: ({ settings, base }, name, { kept, budget, scope }) =>
      openModel({ settings, base, env, budget, runId: scope, kept, enter: (call) => enterServer(workspace, call) }, name),
  };
}
