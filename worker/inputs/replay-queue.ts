import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BudgetFrame } from '../../activities/eval-contract.ts';
import { readTasks } from '../../activities/replay/queue/plan-queue.ts';
import type { ReplayChoices, ReplayQueueRun } from '../../activities/replay-contract.ts';
import { readApiKey } from '../../adapters/api-key.ts';
import { readTextLines } from '../../adapters/text-lines.ts';
import { priceCall, sumUsd, usdOf } from '../../domain/cost/index.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';

/** What a queue is made of. */
export interface QueueOrder {
  readonly config: Config;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly tasksPath: string;
  readonly limit: number | null;
  readonly choices: ReplayChoices;
  readonly concurrent: number;
}

/** A queue without its ids: what decides what comes of it, and how many tasks there are. */
export type PreparedQueue = Omit<ReplayQueueRun, 'run_id' | 'started_at' | 'budget'> & {
  readonly estimatedUsd: number;
  readonly count: number;
};

/** Tokens of a bundle of usual size, with the task. */
const USUAL_INPUT_TOKENS = 2_000;

/** Reads the tasks and says what a queue of them is and may cost. SourceError for tasks that cannot be read, ConfigError for a model that has no price or lacks its key. */
export async function prepareQueue({ config, base, env, tasksPath, limit, choices, concurrent }: QueueOrder): Promise<PreparedQueue> {
  if (!existsSync(tasksPath)) {
    throw new SourceError(`reading tasks, on ${tasksPath}: expected a file, found none.`, 'Name a file with a task on each line.', {
      file: tasksPath,
    });
  }
  const { sha256, lines } = await readTextLines(tasksPath);
  const count = Math.min(readTasks(lines, tasksPath).length, limit ?? Infinity);
  for (const name of modelsOf(choices)) readApiKey(env, config.replay.models[name]?.api_key_env);
  return {
    tasks: { path: tasksPath, sha256 },
    limit,
    choices: { ...choices, corpus: choices.corpus === null ? null : resolve(base, choices.corpus) },
    settings: config.replay,
    ...(choices.retriever === 'hybrid' ? { search: config.search } : {}),
    base,
    concurrent,
    heartbeat_timeout_ms: config.engine.heartbeat_timeout_s * 1000,
    estimatedUsd: estimate(config, choices, count),
    count,
  };
}

/** The queue itself, paid for out of a budget. */
export function queueRun(
  { estimatedUsd, count: _count, ...prepared }: PreparedQueue,
  {
    runId,
    startedAt,
    cost,
    frame,
  }: { readonly runId: string; readonly startedAt: string; readonly cost: CostSettings; readonly frame: BudgetFrame },
): ReplayQueueRun {
  return { ...prepared, run_id: runId, started_at: startedAt, budget: { cost, frame, estimated_usd: estimatedUsd } };
}

function estimate({ replay: { models }, cost }: Config, choices: ReplayChoices, count: number): number {
  const calls = modelsOf(choices).flatMap((name) => (Object.hasOwn(models, name) ? [models[name]!] : []));
  const each = calls.map(({ model, max_tokens: outputTokens, window_tokens: window }) =>
    usdOf(priceCall(cost, { model, inputTokens: Math.min(USUAL_INPUT_TOKENS, window), outputTokens })),
  );
  return sumUsd(each) * count;
}

function modelsOf({ model, escalate_to: second }: ReplayChoices): string[] {
  return second === null ? [model] : [model, second];
}
