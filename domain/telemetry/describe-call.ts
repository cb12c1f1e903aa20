import type { SearchCall } from '../../schemas/search-call.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import type { EmptyCause } from '../../schemas/vocabulary.ts';

/** What is kept of a search: figures, never a word of its query. `ts` is the time of the call, ISO 8601 in UTC. */
export function describeCall(response: SearchResponse, ts: string): SearchCall {
  const { mode, intent, results, meta } = response;
  const cause = emptyCause(response);
  return {
    ts,
    mode,
    intent,
    results: results.length,
    tokens: meta.budget.used,
    budget_dropped: meta.budget.dropped,
    cache: meta.cache,
    rank1_score: results[0]?.score ?? null,
    latency_ms: meta.latency_ms,
    ...(cause === undefined ? {} : { empty_cause: cause }),
  };
}

/** Why a search found nothing; undefined when it found something, or when the cache answered. */
function emptyCause({ results, meta }: SearchResponse): EmptyCause | undefined {
  if (results.length > 0 || meta.cache === 'hit') return undefined;
  if (meta.budget.dropped > 0) return 'budget_dropped_all';
  return meta.vector_enabled ? 'keyword_zero' : 'vector_disabled';
}
