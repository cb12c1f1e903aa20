import type { KnobName } from '../../schemas/search-knobs.ts';

/** What each knob does, in one line for people. */
export const KNOB_DESCRIPTIONS: Readonly<Record<KnobName, string>> = {
  token_budget: 'Tokens (characters / 4) that all results together may cost; none for no limit.',
  limit: 'Results at most.',
  expansion: 'Whether a model words the query anew, up to twice, each at half weight.',
  reranker: 'Whether a reranker orders the best candidates anew.',
  rerank_top_n_in: 'Candidates that the reranker is given.',
  rerank_timeout_ms: 'Time for the reranker before its stage is skipped.',
  graph_signals: 'Whether pages count for more that others in the list link to, and crowded sessions for less.',
  relational: 'Whether links are followed from pages that the query names.',
  relational_depth: 'Links away from a named page at most.',
  relational_max: 'Rows that following links may bring.',
  autocut: 'Whether the list ends where rerank scores fall steeply.',
  autocut_jump: 'Fall between neighbours, as a share of the best rerank score, at which the list ends.',
  autocut_min_top: 'Best rerank score below which nothing is cut.',
  autocut_min_keep: 'Results that the cut leaves at least.',
  contextual: 'What is embedded in front of a chunk: nothing, the title of its page, or a synopsis.',
  semantic_cache: 'Whether the answer to a nearly equal query is used again.',
  cache_similarity: 'Cosine of two queries from which the answer of one serves the other.',
  cache_ttl_s: 'Seconds for which an answer is kept.',
  intent_weighting: 'Whether what a query asks for decides how much each arm counts.',
  title_boost: 'Multiplier of pages whose title stands in the query.',
  evidence_cosine: 'Cosine of query and chunk from which a result is marked as evidence.',
  rrf_k: 'Constant of reciprocal rank fusion: higher tells the first places less apart.',
  cosine_blend: 'Share of the cosine in the fused score, where all rows have vectors.',
  dedup_max_per_page: 'Results of one page at most.',
  dedup_text_jaccard: 'Likeness of two chunks of one page, by their words, above which the later one goes.',
  dedup_type_ratio: 'Share of the list that pages of one type may have.',
  source_boost: 'Whether folders count for more or less, as the source profile says.',
  adaptive_return: 'Whether only 2 results are returned for a person or thing, else 6.',
  salvage: 'Whether a first result beyond the token budget is cut to it instead of dropped.',
  embed_timeout_ms: 'Time for the vector of the query before the search goes on by words alone.',
  recency: 'Whether dated pages count for more the younger they are; suggested: as the query says.',
  salience: 'Whether pages count for more by their salience; suggested: as the query says.',
  lexical: 'How words are scored: bm25 over pages, or title, page and passages together.',
  fusion: 'How arms become one list: by ranks (rrf), or by their scores scaled to 0..1 in equal parts (blend).',
};

/** The config key of a knob. */
export function knobKey(knob: KnobName): string {
  return `search.${knobSetting(knob)}`;
}

/** The name of a knob below `search` in the config: the reranker's own name stands for its server there. */
export function knobSetting(knob: KnobName): string {
  return knob === 'reranker' ? 'rerank' : knob;
}

/** All knobs, in the order in which people are shown them. */
export const KNOB_NAMES = Object.keys(KNOB_DESCRIPTIONS) as KnobName[];
