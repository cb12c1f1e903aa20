import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget } from '../activities/budget-ports.ts';
import type { ContradictionsWorld } from '../activities/contradictions/world.ts';
import type { ContradictionsRun } from '../activities/contradictions-contract.ts';
import { readApiKey } from '../adapters/api-key.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { openVerdictCache } from '../adapters/contradictions/verdict-cache.ts';
import { sha256 } from '../adapters/digest.ts';
import { createModelClient } from '../adapters/model/model-client.ts';
import { readCollectionHead } from '../adapters/search/collection-head.ts';
import { pagesFile } from '../adapters/search/collection-store.ts';
import { openLineStore } from '../adapters/search/line-store.ts';
import { openWorkStore } from '../adapters/work-store.ts';
import { VERDICT_TTL_DAYS } from '../domain/contradictions/index.ts';
import type { SearchPage } from '../schemas/search-page.ts';
import { openBudget } from './open-budget.ts';
import { openRetriever } from './open-retriever.ts';

/** Where the work is done. */
export interface ContradictionsPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const DAY_MS = 86_400_000;

/** The world as the activities of suspected contradictions see it, for one workspace. */
export function createContradictionsWorld({ workspace, env }: ContradictionsPlace): ContradictionsWorld {
  const budgets = new Map<string, Budget>();
  const budgetOf = ({ run_id: runId, budget: { command, cap_usd: capUsd, cost } }: ContradictionsRun): Budget => {
    const opened = budgets.get(runId) ?? openBudget({ root: workspace, runId, command, capUsd, settings: cost });
    budgets.set(runId, opened);
    return opened;
  };
  return {
    clock: { now, nowMs },
    sha256,
    files: openWorkStore(workspace, 'contradictions'),
    cache: openVerdictCache(workspace, VERDICT_TTL_DAYS * DAY_MS),
    budget: budgetOf,
    collection: (name) => {
      const head = readCollectionHead(workspace, name);
      return head === undefined ? null : { corpusHash: head.corpus_hash, pages: () => readPages(pagesFile(workspace, head)) };
    },
    retriever: ({ search: { settings, base, retriever } }, budget) =>
      openRetriever({ workspace, settings, base, env, budget, tell: () => undefined }, retriever),
    judge: ({ judge: { base_url: baseUrl, api_key_env: variable }, search: { settings } }) =>
      createModelClient({
        baseUrl,
        apiKey: readApiKey(env, variable ?? undefined),
        rules: { allowRemote: false, allowedHosts: settings.allowed_hosts },
        words: { server: 'the judge', addressSetting: 'eval.judge.base_url', hostsSetting: 'search.allowed_hosts' },
      }),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
  };
}

async function* readPages(path: string): AsyncGenerator<SearchPage> {
  const store = openLineStore(path);
  try {
    for await (const { text } of store.lines()) yield JSON.parse(text) as SearchPage;
  } finally {
    store.close();
  }
}
