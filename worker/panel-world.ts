import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget } from '../activities/budget-ports.ts';
import type { PanelWorld } from '../activities/panel/world.ts';
import { readApiKey } from '../adapters/api-key.ts';
import { writeJsonAtomically } from '../adapters/atomic-write.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import { createModelClient } from '../adapters/model/model-client.ts';
import { readTextLines } from '../adapters/text-lines.ts';
import { openWorkStore } from '../adapters/work-store.ts';
import { openBudget } from './open-budget.ts';

/** Where the work is done. */
export interface PanelPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The world as a panel of judges sees it, for one workspace. */
export function createPanelWorld({ workspace, env }: PanelPlace): PanelWorld {
  const budgets = new Map<string, Budget>();
  return {
    clock: { now, nowMs },
    sha256,
    files: { ...openWorkStore(workspace, 'panel'), readLines: readTextLines, writeOutput: writeJsonAtomically },
    budget: ({ budget: { cost, frame } }) => {
      const key = JSON.stringify([frame, cost]);
      const { run_id: runId, command, cap_usd: capUsd } = frame;
      const opened = budgets.get(key) ?? openBudget({ root: workspace, runId, command, capUsd, settings: cost });
      budgets.set(key, opened);
      return opened;
    },
    chatModel: ({ id, base_url: baseUrl, api_key_env: variable }, { allowed_hosts: allowedHosts }) =>
      createModelClient({
        baseUrl,
        apiKey: readApiKey(env, variable ?? undefined),
        rules: { allowRemote: false, allowedHosts },
        words: {
          server: `judge ${id} of the panel`,
          addressSetting: `eval.panel.judges.${id}.base_url`,
          hostsSetting: 'search.allowed_hosts',
        },
      }),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
  };
}
