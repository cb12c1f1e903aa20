import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { BudgetFrame } from '../../activities/eval-contract.ts';
import type { DownstreamPrice, SuitesRunDocument } from '../../activities/suites/run-document.ts';
import { sha256 } from '../../adapters/digest.ts';
import type { SuiteStore } from '../../adapters/suites/suite-store.ts';
import { formRunId } from '../../domain/bench/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { Config } from '../../schemas/config.ts';
import { evaluatedCommit } from '../code-commit.ts';
import type { Io } from '../io.ts';
import { VERSION } from '../version.ts';
import type { ReadSuite } from './read-suite.ts';
import type { RunAllOptions } from './run-all-options.ts';
import type { SuiteSettings } from './suite-settings.ts';

/** As budgets and their rows name it. */
const COMMAND = 'eval run-all';

/** A run as far as it is known before its cells. */
export interface RunFrame {
  readonly document: Omit<SuitesRunDocument, 'cells'>;
  readonly answers: BudgetFrame;
}

/** What a run is made from. */
export interface RunSource {
  readonly root: string;
  readonly workspaceId: string;
  readonly base: string;
  readonly config: Config;
  readonly options: RunAllOptions;
  readonly settings: SuiteSettings;
  readonly read: ReadonlyMap<string, ReadSuite>;
  readonly price: DownstreamPrice;
}

/** The run of a command: the one that the same command has left unfinished, if there is one, else a new one. Budgets may have been raised since. */
export async function frameRun(io: Io, store: SuiteStore, source: RunSource): Promise<RunFrame> {
  const { root, base, config, options, settings, price } = source;
  const identity = identityOf(io, source);
  const left = store.findUnfinished(identity);
  const earlier = left !== null && store.hasRun(left) ? (store.readRun(left) as SuitesRunDocument) : null;
  const started_at = earlier?.started_at ?? new Date().toISOString();
  const fresh = formRunId({ startedAt: started_at, configHash: identity, randomBytes: randomBytes(6) }).replace(/^run/, 'run-all');
  const run_id = earlier?.run_id ?? fresh;
  const commit = await evaluatedCommit(io, root, config);
  const budget = (lane: string, cap_usd: number): BudgetFrame => ({ run_id: `${run_id}-${lane}`, command: COMMAND, cap_usd });
  return {
    document: {
      run_id,
      identity,
      started_at,
      seed: options.seed,
      limit: options.limit ?? null,
      output: options.output === undefined ? join(root, 'reports', 'eval', run_id) : resolve(io.cwd, options.output),
      command: ['lauter', ...(io.args ?? [])],
      code: { version: VERSION, commit, short: commit.split(' ')[0]! },
      base,
      search: config.search,
      retriever: options.retriever,
      strategy: settings.strategy,
      knobs: settings.knobs,
      is_vector_asked: settings.isVectorAsked,
      allow_degraded: options.allowDegraded === true,
      price,
      cost: config.cost,
      retrieval_budget: budget('retrieval', options.budgetUsdRetrieval),
    },
    answers: budget('answers', options.budgetUsdAnswer),
  };
}

/** Of everything that decides what rows and where; how much may be spent, and how many cells go on at once, decides neither. */
function identityOf(io: Io, { workspaceId, config, options, settings, read, price }: RunSource): string {
  const { modes, seed, limit = null, collection = config.search.collection ?? null, output, allowDegraded = false } = options;
  return sha256(
    canonicalJson({
      workspaceId,
      modes,
      suites: [...read].map(([suite, each]) => [suite, each.kind === 'missing' ? null : each.dataset.sha256]),
      seed,
      limit,
      collection,
      config: settings.configHash,
      output: output === undefined ? null : resolve(io.cwd, output),
      allowDegraded,
      price: { ...price },
    } as unknown as JsonValue),
  );
}
