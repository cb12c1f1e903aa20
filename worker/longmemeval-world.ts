import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget } from '../activities/budget-ports.ts';
import type { BudgetFrame } from '../activities/eval-contract.ts';
import type { LongMemEvalWorld, ModelRole } from '../activities/longmemeval/world.ts';
import { readApiKey } from '../adapters/api-key.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import type { ServerWords } from '../adapters/http-exchange.ts';
import { appendHypotheses, readHypotheses, writeHypotheses } from '../adapters/longmemeval/hypothesis-file.ts';
import { openLongMemEvalStore, UNPACKED_NAME } from '../adapters/longmemeval/run-store.ts';
import { readQuestion, scanDataset } from '../adapters/longmemeval/scan-dataset.ts';
import { stageDataset } from '../adapters/longmemeval/stage-dataset.ts';
import { createModelClient } from '../adapters/model/model-client.ts';
import type { CostSettings } from '../schemas/cost-settings.ts';
import { openBudget } from './open-budget.ts';
import { openRetriever } from './open-retriever.ts';

/** Where the work is done. */
export interface LongMemEvalPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The world as the activities of LongMemEval see it, for one workspace. */
export function createLongMemEvalWorld({ workspace, env }: LongMemEvalPlace): LongMemEvalWorld {
  const { folder, ...store } = openLongMemEvalStore(workspace);
  const budgets = new Map<string, Budget>();
  return {
    clock: { now, nowMs },
    sha256,
    files: {
      ...store,
      stageDataset: ({ run_id, dataset }) => stageDataset(dataset.path, join(folder(run_id), UNPACKED_NAME)),
      scanDataset,
      readQuestion,
      readHypotheses,
      writeHypotheses,
      appendHypotheses,
    },
    retriever: ({ base, settings: { retrieval } }, budget) =>
      openRetriever({ workspace, settings: retrieval.search, base, env, budget, tell: () => undefined }, retrieval.retriever),
    budget: ({ budget }, what) => {
      const key = JSON.stringify([budget[what], budget.cost]);
      const opened = budgets.get(key) ?? openFrame(workspace, budget[what], budget.cost);
      budgets.set(key, opened);
      return opened;
    },
    chatModel: ({ role, base_url: baseUrl, api_key_env: variable }, { settings }) =>
      createModelClient({
        baseUrl,
        apiKey: readApiKey(env, variable ?? undefined),
        rules: { allowRemote: false, allowedHosts: settings.retrieval.search.allowed_hosts },
        words: wordsOf(role),
      }),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
  };
}

function openFrame(root: string, { run_id: runId, command, cap_usd: capUsd }: BudgetFrame, settings: CostSettings): Budget {
  return openBudget({ root, runId, command, capUsd, settings });
}

function wordsOf(role: ModelRole): ServerWords {
  return { server: `the ${role}`, addressSetting: `eval.${role}.base_url`, hostsSetting: 'search.allowed_hosts' };
}
