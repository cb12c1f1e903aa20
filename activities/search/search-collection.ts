import type { SearchResponse } from '../../schemas/search-response.ts';
import type { SearchRequest } from '../search-ports.ts';
import { explainRows } from './explain-rows.ts';
import { keptAnswers } from './kept-answers.ts';
import type { OpenCollection } from './open-collection.ts';
import { planSearch, type SearchPlan } from './plan-search.ts';
import { rankPassages, type RankedPassages } from './rank-passages.ts';
import type { SearchWorld } from './search-world.ts';
import { tellHits } from './tell-hits.ts';

/** The one search that users and evaluations share; only users may get an answer that was given before. */
export async function searchCollection(world: SearchWorld, collection: OpenCollection, request: SearchRequest): Promise<SearchResponse> {
  const startedMs = world.nowMs();
  const plan = await planSearch(world, collection, request);
  const kept = keptAnswers(world, collection, request, plan);
  const found = kept?.find();
  const answer = found ?? tell(collection, request, plan, await rankPassages(world, collection, request, plan));
  if (found === undefined) kept?.keep(answer);
  const cache = kept === null ? 'off' : found === undefined ? 'miss' : 'hit';
  return { ...answer, meta: { ...answer.meta, cache, latency_ms: microseconds(world.nowMs() - startedMs) } };
}

/** A time in ms, never below 0, without digits that no clock can tell. */
function microseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1_000) / 1_000);
}

function tell(
  { corpusHash, generation }: OpenCollection,
  { query, offset = 0, isExplained }: SearchRequest,
  { resolved, knobHash, intent, detail, vector }: SearchPlan,
  { rows, budget, isReranked, isExpanded, degraded, lists, multipliers, dropped }: RankedPassages,
): SearchResponse {
  return {
    schema_version: 1,
    query,
    mode: resolved.mode,
    knob_hash: knobHash,
    intent: intent.intent,
    detail,
    results: tellHits(rows, offset),
    meta: {
      degraded: [...degraded],
      vector_enabled: vector !== null,
      expansion_applied: isExpanded,
      reranked: isReranked,
      cache: 'off',
      budget,
      latency_ms: 0,
      corpus_hash: corpusHash,
      generation,
    },
    ...(isExplained === true ? { explain: explainRows(rows, lists, multipliers, dropped) } : {}),
  };
}
