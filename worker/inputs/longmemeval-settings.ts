import type { SearchRequest } from '../../activities/search-ports.ts';
import { priceOf } from '../../domain/cost/index.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import type { ReaderMode } from '../../schemas/vocabulary.ts';
import { searchVariables } from './search-variables.ts';

/** What may be chosen for a run of LongMemEval. */
export interface LongMemEvalChoices {
  readonly retriever: string;
  readonly how: Pick<SearchRequest, 'strategy' | 'mode' | 'knobs'>;
  readonly topK: number;
  readonly sessionK: readonly number[];
  readonly retrievalOnly?: boolean;
  readonly model?: string;
  readonly readerMode: ReaderMode;
  readonly readerMaxTokens: number;
  readonly judge?: boolean;
  readonly judgeModel?: string;
  readonly byType?: boolean;
  readonly byTypeFloor?: number;
  readonly byTypeFloorMetric: 'recall_all' | 'recall_any';
  readonly includeAbstention?: boolean;
  readonly allowDegraded?: boolean;
  readonly allowMixedRunConfig?: boolean;
}

/** The settings of a run, what is chosen before the config. ConfigError for a model that is not configured or has no price. */
export function chooseLongMemEval(
  place: { readonly env: Readonly<Record<string, string | undefined>> },
  options: LongMemEvalChoices,
  config: Config,
): LongMemEvalSettings {
  const { how } = options;
  const { reader, judge } = modelsOf(options, config);
  for (const model of [reader, judge]) if (model !== null) priceOf(config.cost, model.model);
  const { limit: _limit, ...knobs } = how.knobs ?? {};
  return {
    retrieval: {
      retriever: options.retriever,
      strategy: how.strategy,
      mode: how.mode ?? null,
      top_k: options.topK,
      knobs,
      search: options.retrievalOnly === true ? withoutModels(config.search) : config.search,
      environment: searchVariables(place),
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

function modelsOf(options: LongMemEvalChoices, { eval: settings }: Config): Pick<LongMemEvalSettings, 'reader' | 'judge'> {
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
