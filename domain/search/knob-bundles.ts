import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchMode } from '../../schemas/vocabulary.ts';

const BALANCED: SearchKnobs = {
  token_budget: 12_000,
  limit: 25,
  expansion: false,
  reranker: true,
  rerank_top_n_in: 25,
  rerank_timeout_ms: 5_000,
  graph_signals: true,
  relational: true,
  relational_depth: 2,
  relational_max: 3,
  autocut: false,
  autocut_jump: 0.2,
  autocut_min_top: 0.35,
  autocut_min_keep: 1,
  contextual: 'title',
  semantic_cache: true,
  cache_similarity: 0.92,
  cache_ttl_s: 3_600,
  intent_weighting: true,
  title_boost: 1.25,
  evidence_cosine: 0.8,
  rrf_k: 60,
  cosine_blend: 0.3,
  dedup_max_per_page: 2,
  dedup_text_jaccard: 0.85,
  dedup_type_ratio: 0.6,
  source_boost: true,
  adaptive_return: false,
  salvage: true,
  embed_timeout_ms: 6_000,
  recency: 'suggested',
  salience: 'suggested',
  // Both better than the reference on data that they were not chosen by: docs/design/0016.
  lexical: 'fielded',
  fusion: 'blend',
};

/** What a mode sets where nobody says otherwise. `reranker` means: where one is configured. */
export const KNOB_BUNDLES: Readonly<Record<SearchMode, SearchKnobs>> = {
  conservative: {
    ...BALANCED,
    token_budget: 4_000,
    limit: 10,
    reranker: false,
    graph_signals: false,
    relational: false,
    contextual: 'none',
  },
  balanced: BALANCED,
  tokenmax: { ...BALANCED, token_budget: null, limit: 50, rerank_top_n_in: 50, contextual: 'synopsis' },
};

/** What `--strategy keyword` turns off: everything that could move a page from the place that the reference gives it for its words. */
export const KEYWORD_STRATEGY_KNOBS = {
  reranker: false,
  intent_weighting: false,
  source_boost: false,
  graph_signals: false,
  relational: false,
  title_boost: 1,
  recency: 'off',
  salience: 'off',
  dedup_type_ratio: 1,
  dedup_text_jaccard: 1,
  lexical: 'bm25',
  fusion: 'rrf',
} as const satisfies Partial<SearchKnobs>;
