import {
  classifyIntent,
  hashKnobs,
  isExcluded,
  phraseOf,
  resolveKnobs,
  synopsizerId,
  type Intent,
  type IsAllowed,
  type KnobContext,
  type ResolvedKnobs,
} from '../../domain/search/index.ts';
import type { SearchDetail } from '../../schemas/vocabulary.ts';
import type { Embedder, Expander, Reranker, SearchRequest } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';
import { queryVector, type QueryVector } from './query-vector.ts';
import type { SearchWorld } from './search-world.ts';

/** All that is settled about a search before anything is looked for. */
export interface SearchPlan extends QueryVector {
  readonly resolved: ResolvedKnobs;
  readonly knobHash: string;
  readonly embedder: Embedder | null;
  readonly reranker: Reranker | null;
  /** Asked for other wordings only when no answer is kept: a call costs money. */
  readonly expander: Expander | null;
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
  const expander = (await world.expander?.()) ?? null;
  const isAllowed = allowedPages(world, collection, request);
  const named = [...collection.index.named(phraseOf(query)), ...collection.index.ofSlug(query)];
  const intent = classifyIntent(query, named.some(isAllowed));
  return {
    resolved,
    knobHash: hashKnobs(knobs, { ...idsOf(embedder, reranker, expander), synopsizer: synopsizerId(settings), boosts }, world.sha256),
    embedder,
    reranker,
    expander,
    intent,
    detail: request.detail ?? (knobs.intent_weighting ? intent.detail : null),
    isAllowed,
    ...(await queryVector(request, collection, embedder, knobs)),
  };
}

function idsOf(
  embedder: Embedder | null,
  reranker: Reranker | null,
  expander: Expander | null,
): Pick<KnobContext, 'embedder' | 'reranker' | 'expander'> {
  return { embedder: embedder?.id ?? null, reranker: reranker?.id ?? null, expander: expander?.id ?? null };
}

function allowedPages({ excluded }: SearchWorld, { index }: OpenCollection, { source }: SearchRequest): IsAllowed {
  return (page) => {
    const { slug, source_id: sourceId } = index.page(page);
    return !isExcluded(slug, excluded) && (source === undefined || source === sourceId);
  };
}
