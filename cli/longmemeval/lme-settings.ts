import { judgeUrl } from '../../adapters/url-guard.ts';
import { ConfigError, UsageError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
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
  readonly maxUsd: number;
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

/** The settings of a run, from the command line before the config. UsageError or ConfigError for what does not fit together or cannot be paid for. */
export async function lmeSettings(io: Io, options: LongMemEvalOptions, config: Config): Promise<LongMemEvalSettings> {
  refuseContradiction(options);
  const how = howToSearch(options, { limit: options.topK });
  const { reader, judge } = modelsOf(options, config);
  for (const model of [reader, judge]) if (model !== null) await refuseUnpriced(model);
  const { limit: _limit, ...knobs } = how.knobs ?? {};
  return {
    retrieval: {
      retriever: options.retriever,
      strategy: how.strategy,
      mode: how.mode ?? null,
      top_k: options.topK,
      knobs,
      search: config.search,
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

/** A call must be paid for out of a budget, and no price is known: only a model on this machine, which costs nothing, may be asked. */
async function refuseUnpriced({ base_url: url, model }: { readonly base_url: string; readonly model: string }): Promise<void> {
  const verdict = await judgeUrl(url, { allowRemote: true, allowedHosts: [] });
  if (verdict.verdict === 'accepted' && verdict.where === 'loopback') return;
  const found =
    verdict.verdict === 'accepted' ? 'another host' : verdict.verdict === 'refused' ? verdict.reason : 'a name without an address';
  throw new UsageError(
    `pricing the model ${model}: expected a model of this machine, which costs nothing, found ${found}; a call without a known price is not made.`,
    'Serve the model here and set eval.reader.base_url (or eval.judge.base_url) to http://127.0.0.1:PORT/v1, or pass --retrieval-only.',
    { flag: '--max-usd' },
  );
}
