import type { SearchCall } from '../../schemas/search-call.ts';

/** A search as it is kept, with what is stated instead. */
export function searchCall(fields: Partial<SearchCall> = {}): SearchCall {
  return {
    ts: '2026-03-04T10:00:00.000Z',
    mode: 'balanced',
    intent: 'general',
    results: 5,
    tokens: 400,
    budget_dropped: 0,
    cache: 'miss',
    rank1_score: 0.9,
    latency_ms: 20,
    ...fields,
  };
}

/** As many of the same. */
export function searchCalls(count: number, fields: Partial<SearchCall> = {}): SearchCall[] {
  return Array.from({ length: count }, () => searchCall(fields));
}
