import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopServer } from '../../adapters/temporal/embedded-server.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { makePlaybooks } from './harbor-playbooks.ts';
import { killCommands, startLauter, type LauterCommand } from './lauter-command.ts';
import { removeFolder } from './temporary-folder.ts';

/** A workspace with the lock keeper's playbooks, a file of tasks beside it, and commands that replay them. */
export interface ReplayDesk {
  readonly root: string;
  readonly workspace: string;
  start(...args: readonly string[]): LauterCommand;
  /** Stops what still runs, and removes all of it. */
  clear(): Promise<void>;
}

/** 100 tokens out at $10 a million: each call costs a tenth of a cent, and sets two aside, as it may have 200. Questions cost nothing. */
export const CALL_USD = 0.001;
const PRICE = { input_per_million: 0, output_per_million: 10 };
/** What every call uses. */
export const CALL_USAGE = { prompt_tokens: 0, completion_tokens: 100 };

/** Opens a desk. `models` are served at these addresses; `search` is the part of the config by which `hybrid` finds playbooks. */
export async function openReplayDesk(
  tasks: readonly { readonly id: string; readonly task: string }[],
  models: Readonly<Record<string, string>> = {},
  search: object = {},
): Promise<ReplayDesk> {
  const root = await makePlaybooks();
  const workspace = join(root, 'refinery');
  const served = Object.entries(models).map(([name, base_url]) => [name, { base_url, model: name, max_tokens: 200 }] as const);
  const [first = 'extractive/1'] = Object.keys(models);
  const config = {
    engine: { heartbeat_timeout_s: 1 },
    replay: { model: first, models: Object.fromEntries(served) },
    search,
    cost: { prices: Object.fromEntries(served.map(([name]) => [name, PRICE])) },
  };
  writeFileSync(join(workspace, 'lauter.config.json'), JSON.stringify(config));
  writeFileSync(join(root, 'tasks.jsonl'), tasks.map((task) => `${JSON.stringify(task)}\n`).join(''));
  return {
    root,
    workspace,
    start: (...args) => startLauter(['replay', ...args, '--tasks', 'tasks.jsonl', '--workspace', workspace], { cwd: root }),
    clear: async () => {
      await killCommands();
      await stopServer(workspace);
      removeFolder(root);
    },
  };
}

/** The rows of the log. */
export function loggedReplays(workspace: string): ReplayRun[] {
  const path = join(workspace, 'ledger', 'replay_runs.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => replayRunSchema.parse(JSON.parse(line)));
}

const OF_THE_RUN = new Set(['footer', 'run_id', 'started_at', 'finished_at', 'replay_id', 'replay_ids', 'latency_ms', 'median_latency_ms']);

/** A report without what another run of the same work has another of: ids of the run and of its rows, the command, times, and how long calls took. The corpus keeps its run. */
export function withoutRun(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report), function (this: Record<string, unknown>, key: string, value: unknown) {
    return OF_THE_RUN.has(key) && !('sha256' in this) ? undefined : value;
  });
}
