import type { CacheUse, ContradictionsRun } from '../../activities/contradictions-contract.ts';
import type { ServedModel } from '../../activities/model-ports.ts';
import { findEmbedder } from '../../adapters/embedder/find-embedder.ts';
import { estimateContradictions, pairsPerQuery, priceOf } from '../../domain/cost/index.ts';
import { ConfigError, UsageError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { CostSettings, ModelPrice } from '../../schemas/cost-settings.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import type { PairSampling } from '../../schemas/vocabulary.ts';
import type { Io } from '../io.ts';
import { refuseForbiddenHost } from '../refuse-forbidden-host.ts';
import { collectionOf, howToSearch, type SearchOptions } from '../search/search-options.ts';
import { searchVariables } from '../../worker/inputs/search-variables.ts';

/** What `lauter eval contradictions run` is told about searching and judging. */
export interface JudgingOptions extends SearchOptions {
  readonly collection?: string;
  readonly topK: number;
  readonly judge?: string;
  readonly maxPairChars: number;
  readonly sampling: PairSampling;
  readonly entities?: boolean;
  readonly maxPairs: number;
  /** False with --no-cache. */
  readonly cache: boolean;
  readonly refreshCache?: boolean;
}

/** What decides the verdicts of a run, queries and labelled pairs apart. */
export type RunSettings = Pick<ContradictionsRun, 'search' | 'judge' | 'sampling' | 'max_pair_chars' | 'cache' | 'max_entity_pairs'>;

/** The settings of a run, from the command line before the config. UsageError or ConfigError for what does not fit together, has no price or may not be called. */
export async function runSettings(
  io: Io,
  options: JudgingOptions,
  { config, base }: { readonly config: Config; readonly base: string },
): Promise<RunSettings> {
  const { strategy, mode, knobs } = howToSearch(options, { limit: options.topK });
  const { limit: _limit, ...rest } = knobs ?? {};
  const judge = judgeOf(options.judge, config);
  priceOf(config.cost, judge.model);
  await refuseForbiddenHost(
    { role: 'judge', baseUrl: judge.base_url, model: judge.model, setting: 'eval.judge.base_url' },
    config.search.allowed_hosts,
  );
  return {
    search: {
      collection: collectionOf(options.collection, config.search),
      retriever: options.retriever,
      strategy,
      mode: mode ?? null,
      top_k: options.topK,
      knobs: rest,
      settings: config.search,
      base,
      environment: searchVariables(io),
    },
    judge,
    sampling: options.sampling,
    max_pair_chars: options.maxPairChars,
    cache: cacheUse(options),
    max_entity_pairs: options.entities === true ? options.maxPairs : null,
  };
}

/** US dollars that a run is expected to cost at most: as if every query brought all the pairs that it may. ConfigError for a model without a price. */
export function estimateRun(
  { search, judge, max_entity_pairs: entityPairs }: RunSettings,
  { queries, gold }: { readonly queries: number; readonly gold: number },
  cost: CostSettings,
): number {
  const pairs = queries * pairsPerQuery(search.top_k) + (entityPairs ?? 0) + gold;
  return estimateContradictions({ queries, pairs }, priceOf(cost, judge.model), embedderPrice(search.settings, cost));
}

function judgeOf(model: string | undefined, { eval: { judge } }: Config): ServedModel {
  if (judge !== undefined) return { base_url: judge.base_url, model: model ?? judge.model, api_key_env: judge.api_key_env ?? null };
  throw new ConfigError(
    'judging pairs: expected eval.judge in the config, found none.',
    'Configure the server and model that judge, as eval.judge.base_url and eval.judge.model.',
  );
}

function cacheUse({ cache, refreshCache }: JudgingOptions): CacheUse {
  if (cache) return refreshCache === true ? 'refresh' : 'on';
  if (refreshCache !== true) return 'off';
  throw new UsageError('reading the options: expected one of --no-cache and --refresh-cache, found both.', 'Leave one of them out.', {
    flag: '--refresh-cache',
  });
}

/** Vectors that are made on this machine, or not at all, cost nothing. */
function embedderPrice(settings: SearchSettings, cost: CostSettings): Pick<ModelPrice, 'input_per_million' | 'output_per_million'> {
  const embedder = findEmbedder(settings);
  return embedder?.kind === 'openai' ? priceOf(cost, embedder.model) : { input_per_million: 0, output_per_million: 0 };
}
