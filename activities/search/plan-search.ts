import {
  classifyIntent,
  hashKnobs,
  isExcluded,
  phraseOf,
  resolveKnobs,
  type Intent,
  type IsAllowed,
  type KnobContext,
  type SourceBoosts,
  type ResolvedKnobs,
} from '../../domain/search/index.ts';
import type { Degradation, SearchDetail } from '../../schemas/vocabulary.ts';
import type { Embedder, Expander, Reranker, SearchRequest } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';
import { queryVector, type QueryVector } from './query-vector.ts';
import type { SearchWorld } from './search-world.ts';
import { wordAnew } from './word-anew.ts';

/** All that is settled about a search before anything is looked for. */
export interface SearchPlan extends QueryVector {
  readonly resolved: ResolvedKnobs;
  readonly knobHash: string;
  readonly reranker: Reranker | null;
  readonly intent: Intent;
  readonly detail: SearchDetail | null;
  readonly isAllowed: IsAllowed;
  /** Other wordings of the query, each with its vector; and why there are none where some were asked for. */
  readonly alternates: readonly Alternate[];
  readonly expansion: Degradation | null;
}

export interface Alternate {
  readonly query: string;
  readonly vector: Float32Array | null;
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
  const { alternates: wordings, expansion } = await wordAnew(request, expander, knobs);
  const alternates: Alternate[] = [];
  for (const wording of wordings) {
    const { vector } = await queryVector({ ...request, query: wording, embeddingDim: undefined }, collection, embedder, knobs);
    alternates.push({ query: wording, vector });
  }
  return {
    resolved,
    knobHash: hashKnobs(knobs, idsOf(embedder, reranker, expander, boosts), world.sha256),
    reranker,
    intent,
    detail: request.detail ?? (knobs.intent_weighting ? intent.detail : null),
    isAllowed,
    ...(await queryVector(request, collection, embedder, knobs)),
    alternates,
    expansion,
  };
}

function idsOf(embedder: Embedder | null, reranker: Reranker | null, expander: Expander | null, boosts: SourceBoosts): KnobContext {
  return { embedder: embedder?.id ?? null, reranker: reranker?.id ?? null, expander: expander?.id ?? null, boosts };
}

function allowedPages({ excluded }: SearchWorld, { index }: OpenCollection, { source }: SearchRequest): IsAllowed {
  return (page) => {
    const { slug, source_id: sourceId } = index.page(page);
    return !isExcluded(slug, excluded) && (source === undefined || source === sourceId);
  };
}
