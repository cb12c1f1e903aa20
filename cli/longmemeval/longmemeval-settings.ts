import { judgeUrl } from '../../adapters/url-guard.ts';
import { priceOf } from '../../domain/cost/index.ts';
import { ConfigError, UsageError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import type { ReaderMode } from '../../schemas/vocabulary.ts';
import type { Io } from '../io.ts';
import { howToSearch, type SearchOptions } from '../search/search-options.ts';

/** What `lauter eval longmemeval` is told about how to search, answer and judge. */
export interface LongMemEvalOptions extends SearchOptions {
  readonly limit?: number;
  readonly questionIds?: string;
  readonly retrievalOnly?: boolean;
  readonly topK: number;
  readonly sessionK: readonly number[];
  readonly model?: string;
  readonly readerMode: ReaderMode;
  readonly readerMaxTokens: number;
  readonly judge?: boolean;
  readonly judgeModel?: string;
  readonly maxUsd?: number;
  readonly yes?: boolean;
  readonly output?: string;
  readonly resumeFrom?: string;
  readonly byType?: boolean;
  readonly byTypeFloor?: number;
  readonly byTypeFloorMetric: 'recall_all' | 'recall_any';
  readonly includeAbstention?: boolean;
  readonly allowDegraded?: boolean;
  readonly allowMixedRunConfig?: boolean;
  readonly report?: string;
  readonly json?: boolean;
  readonly keepServer?: boolean;
}

/** The settings of a run, from the command line before the config. UsageError or ConfigError for what does not fit together, has no price or may not be called. */
export async function longMemEvalSettings(io: Io, options: LongMemEvalOptions, config: Config): Promise<LongMemEvalSettings> {
  refuseContradiction(options);
  const how = howToSearch(options, { limit: options.topK });
  const { reader, judge } = modelsOf(options, config);
  for (const [role, model] of Object.entries({ reader, judge })) {
    if (model === null) continue;
    priceOf(config.cost, model.model);
    await refuseForbiddenHost(role, model, config.search.allowed_hosts);
  }
  const { limit: _limit, ...knobs } = how.knobs ?? {};
  return {
    retrieval: {
      retriever: options.retriever,
      strategy: how.strategy,
      mode: how.mode ?? null,
      top_k: options.topK,
      knobs,
      search: options.retrievalOnly === true ? withoutModels(config.search) : config.search,
      environment: variablesOf(io),
    },
    session_k: [...new Set(options.sessionK)].sort((left, right) => left - right),
    reader,
    judge,
    requested: {
      vector: how.strategy === 'vector' || (how.strategy === 'hybrid' && config.search.embedder !== 'none'),
      reranker: how.knobs?.['reranker'] === true,
    },
    by_type: options.byType === true || options.byTypeFloor !== undefined,
    floor: options.byTypeFloor === undefined ? null : { metric: options.byTypeFloorMetric, value: options.byTypeFloor },
    include_abstention: options.includeAbstention === true,
    allow_degraded: options.allowDegraded === true,
    allow_mixed: options.allowMixedRunConfig === true,
  };
}

/** Without what a config would have called beside what was asked for: other wordings, synopses, another order. */
function withoutModels({
  expansion_model: _expander,
  synopsis_model: _synopsizer,
  reranker: _reranker,
  ...rest
}: SearchSettings): SearchSettings {
  return rest;
}

function refuseContradiction({ retrievalOnly, judge, judgeModel, model, expansion, rerank }: LongMemEvalOptions): void {
  if (retrievalOnly !== true) return;
  const asked = {
    '--judge': judge,
    '--judge-model': judgeModel,
    '--model': model,
    '--expansion': expansion,
    '--rerank on': rerank === 'on',
  };
  const flag = Object.entries(asked).find(([, value]) => value !== undefined && value !== false)?.[0];
  if (flag === undefined) return;
  throw new UsageError(`reading the options: expected no call of a model with --retrieval-only, found ${flag}.`, 'Leave one of them out.', {
    flag: flag.split(' ')[0]!,
  });
}

const VARIABLES = ['LAUTER_SEARCH_EXCLUDE', 'LAUTER_SOURCE_BOOST', 'LAUTER_SEARCH_SALVAGE'] as const;

function variablesOf({ env }: Io): Record<string, string> {
  return Object.fromEntries(VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const])));
}

function modelsOf(options: LongMemEvalOptions, { eval: settings }: Config): Pick<LongMemEvalSettings, 'reader' | 'judge'> {
  if (options.retrievalOnly === true) return { reader: null, judge: null };
  const reader = settings.reader;
  if (reader === undefined) throw notConfigured('reader', 'Configure it, or measure what is found alone with --retrieval-only.');
  const isJudged = options.judge === true || options.judgeModel !== undefined;
  if (isJudged && settings.judge === undefined) throw notConfigured('judge', 'Configure it, or leave --judge out.');
  const serverOf = ({ base_url, api_key_env = null }: { base_url: string; api_key_env?: string | null | undefined }) => ({
    base_url,
    api_key_env,
  });
  return {
    reader: {
      ...serverOf(reader),
      model: options.model ?? reader.model,
      mode: options.readerMode,
      max_tokens: options.readerMaxTokens,
    },
    judge:
      isJudged && settings.judge !== undefined ? { ...serverOf(settings.judge), model: options.judgeModel ?? settings.judge.model } : null,
  };
}

function notConfigured(what: 'reader' | 'judge', remedy: string): ConfigError {
  return new ConfigError(`answering the questions: expected eval.${what} in the config, found none.`, remedy);
}

/** Before any question: a run that is refused its first call has read a dataset for nothing. */
async function refuseForbiddenHost(
  role: string,
  { base_url: url, model }: { readonly base_url: string; readonly model: string },
  allowedHosts: readonly string[],
): Promise<void> {
  const judged = await judgeUrl(url, { allowRemote: false, allowedHosts });
  if (judged.verdict === 'accepted') return;
  const setting = `eval.${role}.base_url`;
  const [found, remedy] =
    judged.verdict === 'unresolved'
      ? ['a host without an address', `Set ${setting} to the address of the server.`]
      : judged.reason === 'remote_host'
        ? ['another host', `Add ${judged.host} to search.allowed_hosts, which names the hosts that questions and sessions may be sent to.`]
        : [
            judged.reason === 'not_http' ? 'another scheme' : 'the metadata service of a cloud',
            `Set ${setting} to the address of the server.`,
          ];
  throw new ConfigError(`asking the ${role} ${model}, on ${setting}: expected this machine or an allowed host, found ${found}.`, remedy);
}
