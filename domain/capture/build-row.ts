import type { NewCapturedRow } from '../../schemas/captured-row.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import type { SearchDetail, SearchStrategy } from '../../schemas/vocabulary.ts';

/** What a row needs to know of a result. Engines of others may know neither source nor chunk. */
export interface CapturedHit {
  readonly slug: string;
  readonly source_id?: string | null | undefined;
  readonly chunk_id?: number | null | undefined;
  readonly score: number;
}

/** A search that has been answered, as it is to be captured. */
export interface AnsweredSearch {
  readonly query: string;
  readonly strategy: SearchStrategy;
  /** As it was asked for; null when it was not. */
  readonly detail?: SearchDetail | null | undefined;
  readonly response: Pick<SearchResponse, 'mode' | 'knob_hash' | 'detail'> & {
    readonly results: readonly CapturedHit[];
    readonly meta: Pick<
      SearchResponse['meta'],
      'degraded' | 'vector_enabled' | 'expansion_applied' | 'cache' | 'latency_ms' | 'corpus_hash' | 'generation'
    >;
  };
  /** The resolved knobs `limit` and `expansion`. */
  readonly limit: number;
  readonly expandEnabled: boolean;
  /** What the vectors that were searched are called; the id of the embedder. Null without one. */
  readonly embeddingColumn?: string | null | undefined;
  /** True when the search came over a network. */
  readonly isRemote?: boolean | undefined;
  readonly jobId?: string | number | null | undefined;
  readonly subagentId?: string | number | null | undefined;
}

/** The row of a search. The query must be scrubbed before. */
export function buildRow(search: AnsweredSearch, query: string, scrubCounts: Readonly<Record<string, number>>): NewCapturedRow {
  const { response, strategy } = search;
  const { results, meta } = response;
  const best = bestByKey(results);
  return {
    schema_version: 1,
    tool_name: strategy === 'keyword' ? 'search' : 'query',
    query,
    retrieved_slugs: unique(results.map(({ slug }) => slug)),
    retrieved_chunk_ids: results.flatMap(({ chunk_id }) => chunk_id ?? []),
    source_ids: unique(results.flatMap(({ source_id }) => source_id || [])),
    expand_enabled: strategy === 'keyword' ? null : search.expandEnabled,
    detail: search.detail ?? null,
    detail_resolved: response.detail,
    vector_enabled: meta.vector_enabled,
    expansion_applied: meta.expansion_applied,
    latency_ms: Math.max(0, Math.round(meta.latency_ms)),
    remote: search.isRemote ?? false,
    job_id: search.jobId ?? null,
    subagent_id: search.subagentId ?? null,
    embedding_column: search.embeddingColumn ?? null,
    retrieved_keys: [...best.keys()],
    retrieved_scores: [...best.values()],
    limit: search.limit,
    mode: response.mode,
    knob_hash: response.knob_hash,
    corpus_hash: meta.corpus_hash,
    generation: meta.generation,
    cache: meta.cache,
    degraded: [...meta.degraded],
    scrub_counts: { ...scrubCounts },
  };
}

/** Score of the first, which is the best, result of each key, in the order of ranks. */
function bestByKey(results: readonly CapturedHit[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const { source_id, slug, score } of results) {
    const key = `${source_id || 'default'}::${slug}`;
    if (!best.has(key)) best.set(key, score);
  }
  return best;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
