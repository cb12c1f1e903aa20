import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { BudgetFrame, LongMemEvalRun } from '../../activities/eval-contract.ts';
import type { PanelBatchRun } from '../../activities/panel-contract.ts';
import type { ProbeNight } from '../../activities/probe-contract.ts';
import type { LoadedConfig, QualityWork } from '../../activities/probe/world.ts';
import { readApiKey } from '../../adapters/api-key.ts';
import { digestFile } from '../../adapters/file-digest.ts';
import { openLongMemEvalStore } from '../../adapters/longmemeval/run-store.ts';
import { listCollections } from '../../adapters/search/collection-store.ts';
import { estimatePanel, priceOf, sumUsd } from '../../domain/cost/index.ts';
import { ANSWER_DIMENSIONS } from '../../domain/panel/index.ts';
import { CollectionError, ConfigError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import { codeOf } from './code-commit.ts';
import { estimateSpending } from './estimate-longmemeval.ts';
import { chooseLongMemEval } from './longmemeval-settings.ts';

/** Where a probe is done. */
export interface ProbePlace {
  readonly workspace: string;
  readonly workspaceId: string;
  readonly env: NodeJS.ProcessEnv;
}

/** As budgets and their rows name it. */
export const PROBE_COMMAND = 'probe nightly';

/**
 * LongMemEval on the fixture as the config searches now, and the panel over its answers; all of it out of one budget with the cap of the night. ConfigError for
 * a fixture, a reader or judges that are not configured or have no price, CollectionError for a fixture that cannot be read.
 */
export async function qualityWork(place: ProbePlace, { config, base }: LoadedConfig, night: ProbeNight): Promise<QualityWork> {
  const { quality, max_usd } = config.probe.nightly;
  refuseMissingCollection(place.workspace, config.search.collection);
  const dataset = fixtureOf(quality.fixture, base);
  const settings = chooseLongMemEval(place, { ...CHOICES, how: { strategy: 'hybrid', mode: undefined, knobs: {} } }, config);
  const chosen = { dataset, limit: quality.limit, question_ids: null, resume_from: null, settings };
  const budget: BudgetFrame = { run_id: night.run_id, command: PROBE_COMMAND, cap_usd: max_usd };
  const judges = judgesOf(config);
  // A key that is missing is told before anything is paid for.
  for (const model of [settings.reader, ...judges]) readApiKey(place.env, model?.api_key_env ?? undefined);
  const prices = judges.map(({ model }) => priceOf(config.cost, model));
  const answers = await estimateSpending(chosen, config.cost);
  const questions = answers?.questions ?? quality.limit;
  const panelUsd = estimatePanel(prices, { questions, cycles: CYCLES, maxTokens: PANEL_MAX_TOKENS });
  const estimateUsd = sumUsd([answers?.usd ?? 0, panelUsd]);
  const started_at = new Date().toISOString();
  const heartbeat_timeout_ms = config.engine.heartbeat_timeout_s * 1000;
  const run: LongMemEvalRun = {
    ...chosen,
    run_id: `longmemeval-${night.run_id}`,
    started_at,
    output: null,
    budget: { cost: config.cost, retrieval: budget, answers: budget, estimated_usd: answers?.usd ?? 0 },
    base,
    code: await codeOf(place.env),
    window: (config.engine.threads ?? availableParallelism()) + 1,
    heartbeat_timeout_ms,
  };
  const panel: PanelBatchRun = {
    run_id: `panel-${night.run_id}`,
    started_at,
    judges,
    dimensions: ANSWER_DIMENSIONS,
    cycles: CYCLES,
    max_tokens: PANEL_MAX_TOKENS,
    blind_names: [...new Set([settings.reader?.model ?? '', ...judges.map(({ model }) => model)])].filter((name) => name !== ''),
    allowed_hosts: config.search.allowed_hosts,
    budget: { cost: config.cost, frame: budget, estimated_usd: panelUsd },
    batch: { path: join(openLongMemEvalStore(place.workspace).folder(run.run_id), 'hypotheses.jsonl'), sha256: null },
    limit: null,
    concurrent: PANEL_CONCURRENT,
    calibration: null,
    output: null,
    heartbeat_timeout_ms,
  };
  return { run, panel, fixtureSha256: dataset.sha256, questions, estimateUsd };
}

const CHOICES = {
  retriever: 'builtin',
  topK: 10,
  sessionK: [1, 5, 10],
  readerMode: 'direct',
  readerMaxTokens: 512,
  byTypeFloorMetric: 'recall_all',
} as const;
const CYCLES = 1;
const PANEL_MAX_TOKENS = 4_000;
const PANEL_CONCURRENT = 3;

/** The probe searches as the live collection is searched: where that is gone, there is nothing left to prove. */
function refuseMissingCollection(workspace: string, name: string | undefined): void {
  if (name === undefined || listCollections(workspace).some((head) => head.name === name)) return;
  throw new CollectionError(
    `looking for the collection of the nightly probe, ${name}: expected search.collection of the config in the workspace, found none.`,
    `Make it with \`lauter search index ${name} --from PATH\`, or name another one.`,
    { collection: name },
  );
}

function fixtureOf(fixture: string | undefined, base: string): LongMemEvalRun['dataset'] {
  if (fixture === undefined) {
    throw new ConfigError(
      'looking for the fixture of the nightly probe: expected probe.nightly.quality.fixture in the config, found none.',
      'Set it with `lauter config set probe.nightly.quality.fixture FILE`.',
    );
  }
  const path = resolve(base, fixture);
  if (existsSync(path)) return { path, name: basename(path), sha256: hashOf(path, fixture) };
  throw unreadable(fixture, 'none');
}

function hashOf(path: string, fixture: string): string {
  try {
    return digestFile(path).sha256;
  } catch (error) {
    throw unreadable(fixture, `${(error as NodeJS.ErrnoException).code ?? 'one that cannot be read'}`);
  }
}

function unreadable(fixture: string, found: string): CollectionError {
  return new CollectionError(
    `reading the fixture of the nightly probe, ${fixture}: expected a file of LongMemEval questions, found ${found}.`,
    'Put it there, or name another one with `lauter config set probe.nightly.quality.fixture FILE`.',
  );
}

function judgesOf({ eval: evaluation }: Config): PanelBatchRun['judges'] {
  const judges = Object.entries(evaluation.panel.judges).map(([id, { base_url, model, api_key_env = null }]) => ({
    id,
    base_url,
    model,
    api_key_env,
  }));
  if (judges.length > 0) return judges;
  throw new ConfigError(
    'looking for the judges of the nightly probe: expected eval.panel.judges in the config, found none.',
    'Configure two or more: fewer cannot pass anything.',
  );
}
