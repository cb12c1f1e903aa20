import type { SearchMode } from '../../schemas/vocabulary.ts';

/** Sizes of models that read what is found, from the cheapest on. */
export const MODEL_TIERS = ['small', 'mid', 'large'] as const;
export type ModelTier = (typeof MODEL_TIERS)[number];

/** What a pairing of mode and model tells about itself, as published. */
export interface Pairing {
  readonly mode: SearchMode;
  readonly model: ModelTier;
  readonly usdPerTurn: number;
  readonly usdPerMonth: number;
  readonly kind: 'natural' | 'mismatch';
  readonly note: string;
}

/**
 * What the cost tables are made from: reference prices, counts of a typical search, and what one real agent loop came to. Pairings and the loop were
 * observed and are rounded as published; every other table is worked out from the rest.
 */
export const COST_ANCHORS = {
  /** US dollars for a million input tokens; stand in the price table under the same names where somebody puts others in. */
  inputPerMillion: { small: 1, mid: 3, large: 5 },
  /** Of a chunk, title and all. */
  tokensPerChunk: 400,
  queriesPerMonth: [1_000, 10_000, 100_000],
  /** Queries of a month in the matrix of modes and models. */
  matrixQueries: 10_000,
  loop: { turnsPerMonth: 860, searchesPerTurn: 3, model: 'mid' },
  pairings: [
    {
      mode: 'tokenmax',
      model: 'large',
      usdPerTurn: 0.85,
      usdPerMonth: 700,
      kind: 'natural',
      note: 'most depth, for a model that can use it',
    },
    { mode: 'balanced', model: 'mid', usdPerTurn: 0.5, usdPerMonth: 430, kind: 'natural', note: 'the middle of both' },
    { mode: 'conservative', model: 'small', usdPerTurn: 0.2, usdPerMonth: 170, kind: 'natural', note: 'the least money' },
    { mode: 'tokenmax', model: 'small', usdPerTurn: 0.2, usdPerMonth: 170, kind: 'mismatch', note: 'more noise for the same money' },
    {
      mode: 'conservative',
      model: 'large',
      usdPerTurn: 0.75,
      usdPerMonth: 640,
      kind: 'mismatch',
      note: '92% of the top pairing, shallow retrieval',
    },
  ],
  /** Billionths of a dollar, whole, so that thousands of questions add up exactly: embedding one, wording it anew, answering it. */
  nanoUsdPerQuestion: { embedding: 10_000, expansion: 1_000_000, answer: 15_000_000 },
  /** One loop of one person, over 30 days. */
  referenceLoop: { usd: 700, tokens: 800_000_000, days: 30, tokensPerTurn: 900_000, promptCacheHitRate: 0.88 },
  /** Chunks that a model of each size makes use of; null is no end. */
  usefulChunks: { small: [5, 10], mid: [25, 40], large: [50, null] },
  /** Share of searches that the cache answers on a busy collection, and the share of the tables that is left to pay. */
  cacheHits: { hitRate: [0.3, 0.5], billed: [0.5, 0.7] },
  /** Share of all that an agent spends which the choice of a mode moves when prompt caching is good. */
  modeShare: [0.1, 0.2],
} as const satisfies {
  readonly inputPerMillion: Readonly<Record<ModelTier, number>>;
  readonly pairings: readonly Pairing[];
  readonly usefulChunks: Readonly<Record<ModelTier, readonly [number, number | null]>>;
  readonly [anchor: string]: unknown;
};

/** Prices of section "own cost": what embeds a query and what words it anew, in US dollars for a million tokens. */
export const REFERENCE_PRICES = {
  embedder: { input_per_million: 0.13, output_per_million: 0 },
  expander: { input_per_million: 1, output_per_million: 5 },
} as const;
