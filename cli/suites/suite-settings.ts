import { sha256 } from '../../adapters/digest.ts';
import { configHashes, readerSystemPrompt } from '../../domain/longmemeval/index.ts';
import { priceOf } from '../../domain/cost/index.ts';
import { resolveKnobs } from '../../domain/search/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { Config } from '../../schemas/config.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchMode, SearchStrategy } from '../../schemas/vocabulary.ts';
import type { Io } from '../io.ts';
import { longMemEvalSettings } from '../longmemeval/longmemeval-settings.ts';
import type { KnobValues } from '../search/knob-values.ts';
import type { RunAllOptions } from './run-all-options.ts';

/** How all cells search, whatever their mode, and who answers. */
export interface SuiteSettings {
  readonly strategy: SearchStrategy;
  /** Per-call values. */
  readonly knobs: KnobValues;
  readonly isVectorAsked: boolean;
  /** Of everything that decides what is found and answered, but the mode. */
  readonly configHash: string;
  readonly promptHashes: Readonly<Record<string, string | null>>;
  /** LongMemEval in a mode, which says how many passages are retrieved. */
  inMode(mode: SearchMode): LongMemEvalSettings;
  /** Models that a mode asks, by lane; null for what it does without. */
  modelsIn(mode: SearchMode): Readonly<Record<string, string | null>>;
}

/** Reads how to search from the command line before the config. UsageError or ConfigError for what does not fit together. */
export async function suiteSettings(io: Io, options: RunAllOptions, config: Config): Promise<SuiteSettings> {
  const { limit: ownLimit, ...others } = options.set ?? {};
  const common = await longMemEvalSettings(io, lmeOptions(options, others, config), config);
  const { strategy } = common.retrieval;
  const knobs = { ...options.set, ...(options.expansion === true ? { expansion: true } : {}) };
  const search = config.search;
  const base: LongMemEvalSettings = { ...common, retrieval: { ...common.retrieval, search } };
  // The mode is what is compared: arms that differ in it alone share this hash.
  const neutral = {
    ...base,
    retrieval: { ...base.retrieval, mode: null, top_k: ownLimit ?? 0, search: { ...search, mode: 'balanced' as const } },
  };
  const hashes = configHashes(neutral, sha256);
  const knobsIn = (mode: SearchMode): SearchKnobs => resolveKnobs({ settings: search, mode, perCall: knobs, strategy }).knobs;
  const modelsIn = (mode: SearchMode): Models => modelsOf(base, config, knobsIn(mode), strategy);
  for (const mode of options.modes) refuseUnpriced(config, modelsIn(mode));
  return {
    strategy,
    knobs,
    isVectorAsked: base.requested.vector,
    configHash: sha256(canonicalJson({ ...hashes })),
    promptHashes: base.reader === null ? {} : { reader: sha256(readerSystemPrompt(base.reader.mode)), judge: hashes.judge },
    inMode: (mode) => ({
      ...base,
      retrieval: { ...base.retrieval, mode, top_k: knobsIn(mode).limit },
    }),
    modelsIn,
  };
}

function lmeOptions(options: RunAllOptions, set: KnobValues, { eval: settings }: Config): Parameters<typeof longMemEvalSettings>[1] {
  const { retriever, strategy, keywordOnly, answers, expansion, allowDegraded, budgetUsdAnswer } = options;
  return {
    retriever,
    ...(strategy === undefined ? {} : { strategy }),
    ...(keywordOnly === undefined ? {} : { keywordOnly }),
    ...(allowDegraded === undefined ? {} : { allowDegraded }),
    set: { ...set, ...(expansion === true ? { expansion: true } : {}) },
    retrievalOnly: answers !== true,
    judge: answers === true && settings.judge !== undefined,
    topK: 10,
    sessionK: [1, 5, 10],
    readerMode: 'direct',
    readerMaxTokens: 512,
    maxUsd: budgetUsdAnswer,
    byTypeFloorMetric: 'recall_all',
  };
}

function modelsOf({ reader, judge }: LongMemEvalSettings, { search }: Config, knobs: SearchKnobs, strategy: SearchStrategy): Models {
  const hasVectors = strategy !== 'keyword' && search.embedder !== 'none';
  const embedder = search.embedders[search.embedder];
  return {
    embedder: !hasVectors ? null : embedder?.kind === 'openai' ? embedder.model : search.embedder,
    reranker: knobs.reranker && strategy !== 'keyword' ? (search.reranker?.model ?? null) : null,
    expansion: knobs.expansion ? (search.expansion_model?.model ?? null) : null,
    reader: reader?.model ?? null,
    judge: judge?.model ?? null,
  };
}

type Models = Readonly<Record<'embedder' | 'reranker' | 'expansion' | 'reader' | 'judge', string | null>>;

/** ConfigError with the line to add for a served model without a price: better now than in the middle of a run. */
function refuseUnpriced({ cost, search }: Config, { embedder, reranker, expansion }: Models): void {
  const isServed = search.embedders[search.embedder]?.kind === 'openai';
  for (const model of [isServed ? embedder : null, reranker, expansion]) if (model !== null) priceOf(cost, model);
}
