import {
  adaptReturn,
  applySignals,
  applyTokenBudget,
  autocut,
  blendCandidates,
  blendCosine,
  canBeAlias,
  classifyIntent,
  dedupCandidates,
  EQUAL_WEIGHTS,
  flagEvidence,
  fuseCandidates,
  hashKnobs,
  hopAliases,
  isExcluded,
  keepRelationalSlot,
  phraseOf,
  resolveKnobs,
  type Candidate,
  type Intent,
  type IsAllowed,
  type Multipliers,
  type NamedList,
  type ResolvedKnobs,
} from '../../domain/search/index.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import type { Degradation, SearchDetail } from '../../schemas/vocabulary.ts';
import type { SearchRequest } from '../search-ports.ts';
import { explainRows } from './explain-rows.ts';
import type { OpenCollection } from './open-collection.ts';
import { queryVector } from './query-vector.ts';
import { rerankRows } from './rerank-rows.ts';
import { aliasTargets, runArms } from './run-arms.ts';
import type { SearchWorld } from './search-world.ts';
import { tellHits } from './tell-hits.ts';

/** Rows that each stage took away, by its name. */
type Dropped = Record<string, number>;

/** The one search that users and evaluations share: arms, fusion, signals, dedup, rerank, cuts, budget, in this order. */
export async function searchCollection(world: SearchWorld, collection: OpenCollection, request: SearchRequest): Promise<SearchResponse> {
  const startedMs = world.nowMs();
  const { settings, boosts } = world;
  const resolved = resolveKnobs({
    settings,
    mode: request.mode,
    perCall: request.knobs,
    strategy: request.strategy,
    salvage: world.salvage,
  });
  const { knobs } = resolved;
  const embedder = await world.embedder();
  const reranker = await world.reranker();
  const { query, strategy } = request;
  const named = [...collection.index.named(phraseOf(query)), ...collection.index.ofSlug(query)];
  const intent = classifyIntent(query, named.length > 0);
  const detail = request.detail ?? (knobs.intent_weighting ? intent.detail : null);

  const { vector, degraded: embedding } = await queryVector(request, collection, embedder, knobs);
  const weights = knobs.intent_weighting ? intent.weights : EQUAL_WEIGHTS;
  const isAllowed = allowedPages(world, collection, request);
  const lists = runArms(collection, { query, vector, strategy, knobs, weights, pool: poolOf(knobs, request), isAllowed });
  const fused = fuse(lists, knobs, detail);
  const { candidates: signalled, multipliers } =
    strategy === 'keyword'
      ? { candidates: fused, multipliers: new Map<string, Multipliers>() }
      : weigh(fused, world, resolved, { intent, detail, query });

  const dropped: Dropped = {};
  const limits = { maxPerPage: knobs.dedup_max_per_page, textJaccard: knobs.dedup_text_jaccard, typeRatio: knobs.dedup_type_ratio };
  const deduped = count(dropped, 'dedup', signalled, dedupCandidates(signalled, limits));
  const reranked = await rerankRows(deduped, query, reranker, knobs, request.signal);
  const relational = lists.find(({ arm }) => arm === 'relational')?.rows ?? [];
  const targets = strategy === 'hybrid' && canBeAlias(query) ? aliasPages(collection, query, isAllowed) : [];
  const hopped = hopAliases(reranked.rows, aliasTargets(collection, targets, vector));
  const flagged = flagEvidence(hopped, knobs.evidence_cosine);
  const adapted = knobs.adaptive_return ? count(dropped, 'adaptive_return', flagged, adaptReturn(flagged, intent.intent)) : flagged;
  const cuts = { jump: knobs.autocut_jump, minTop: knobs.autocut_min_top, minKeep: knobs.autocut_min_keep };
  const kept = knobs.autocut ? count(dropped, 'autocut', adapted, autocut(adapted, cuts)) : adapted;
  const offset = request.offset ?? 0;
  const slotted = keepRelationalSlot(kept, relational, offset + knobs.limit);
  const shown = count(dropped, 'limit', slotted, slotted.slice(offset, offset + knobs.limit));
  const { rows, budget } = applyTokenBudget(shown, knobs.token_budget, knobs.salvage);

  const degraded = [embedding, reranked.degraded, expansionOf(knobs)].filter((one): one is Degradation => one !== null);
  return {
    schema_version: 1,
    query,
    mode: resolved.mode,
    knob_hash: hashKnobs(knobs, { embedder: embedder?.id ?? null, reranker: reranker?.id ?? null, boosts }, world.sha256),
    intent: intent.intent,
    detail,
    results: tellHits(rows, offset),
    meta: {
      degraded,
      vector_enabled: vector !== null,
      expansion_applied: false,
      reranked: reranked.isReranked,
      cache: 'off',
      budget,
      latency_ms: world.nowMs() - startedMs,
      corpus_hash: collection.corpusHash,
      generation: collection.generation,
    },
    ...(request.isExplained === true
      ? { explain: explainRows(rows, lists, multipliers, { ...dropped, token_budget: budget.dropped }) }
      : {}),
  };
}

function allowedPages({ excluded }: SearchWorld, { index }: OpenCollection, { source }: SearchRequest): IsAllowed {
  return (page) => {
    const { slug, source_id: sourceId } = index.page(page);
    return !isExcluded(slug, excluded) && (source === undefined || source === sourceId);
  };
}

function poolOf({ limit }: SearchKnobs, { offset = 0 }: SearchRequest): number {
  return Math.max(Math.min(Math.max(2 * limit, 50), 100), offset + limit);
}

function fuse(lists: readonly NamedList[], knobs: SearchKnobs, detail: SearchDetail | null): readonly Candidate[] {
  if (knobs.fusion === 'blend') return blendCandidates(lists, detail);
  return blendCosine(fuseCandidates(lists, knobs.rrf_k, detail), knobs.cosine_blend);
}

function weigh(
  rows: readonly Candidate[],
  { boosts, nowMs }: SearchWorld,
  { knobs }: ResolvedKnobs,
  { intent, detail, query }: { readonly intent: Intent; readonly detail: SearchDetail | null; readonly query: string },
): ReturnType<typeof applySignals> {
  return applySignals(rows, {
    query,
    intent: knobs.intent_weighting ? intent.intent : null,
    detail,
    recency: knobs.recency === 'suggested' ? intent.recency : knobs.recency,
    salience: knobs.salience === 'suggested' ? intent.salience : knobs.salience,
    titleBoost: knobs.title_boost,
    exactWeight: knobs.intent_weighting ? intent.weights.exact : 1,
    boosts: knobs.source_boost ? boosts : null,
    hasBacklinks: true,
    hasGraph: knobs.graph_signals,
    nowMs: nowMs(),
  });
}

/** The pages that have the whole query as an alias, not as their title. */
function aliasPages({ index }: OpenCollection, query: string, isAllowed: IsAllowed): number[] {
  const phrase = phraseOf(query);
  return [...index.named(phrase)].filter((page) => isAllowed(page) && index.page(page).aliases.some((alias) => phraseOf(alias) === phrase));
}

function expansionOf({ expansion }: SearchKnobs): Degradation | null {
  return expansion ? 'no_expansion_model' : null;
}

function count<Row>(dropped: Dropped, stage: string, before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const lost = before.length - after.length;
  if (lost > 0) dropped[stage] = lost;
  return after;
}
