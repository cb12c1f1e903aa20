import {
  classifyIntent,
  hashKnobs,
  isExcluded,
  phraseOf,
  resolveKnobs,
  type Intent,
  type IsAllowed,
  type ResolvedKnobs,
} from '../../domain/search/index.ts';
import type { SearchDetail } from '../../schemas/vocabulary.ts';
import type { Reranker, SearchRequest } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';
import { queryVector, type QueryVector } from './query-vector.ts';
import type { SearchWorld } from './search-world.ts';

/** All that is settled about a search before anything is looked for. */
export interface SearchPlan extends QueryVector {
  readonly resolved: ResolvedKnobs;
  readonly knobHash: string;
  readonly reranker: Reranker | null;
  readonly intent: Intent;
  readonly detail: SearchDetail | null;
  readonly isAllowed: IsAllowed;
}

/** Settles knobs, what the query asks for, and its vector. */
export async function planSearch(world: SearchWorld, collection: OpenCollection, request: SearchRequest): Promise<SearchPlan> {
  const { settings, boosts, salvage } = world;
  const { query, mode, knobs: perCall, strategy } = request;
  const resolved = resolveKnobs({ settings, mode, perCall, strategy, salvage });
  const { knobs } = resolved;
  const embedder = await world.embedder();
  const reranker = await world.reranker();
  const isAllowed = allowedPages(world, collection, request);
  const named = [...collection.index.named(phraseOf(query)), ...collection.index.ofSlug(query)];
  const intent = classifyIntent(query, named.some(isAllowed));
  return {
    resolved,
    knobHash: hashKnobs(knobs, { embedder: embedder?.id ?? null, reranker: reranker?.id ?? null, boosts }, world.sha256),
    reranker,
    intent,
    detail: request.detail ?? (knobs.intent_weighting ? intent.detail : null),
    isAllowed,
    ...(await queryVector(request, collection, embedder, knobs)),
  };
}

function allowedPages({ excluded }: SearchWorld, { index }: OpenCollection, { source }: SearchRequest): IsAllowed {
  return (page) => {
    const { slug, source_id: sourceId } = index.page(page);
    return !isExcluded(slug, excluded) && (source === undefined || source === sourceId);
  };
}
