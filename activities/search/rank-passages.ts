import {
  adaptReturn,
  applySignals,
  applyTokenBudget,
  autocut,
  blendCosine,
  blendPages,
  canBeAlias,
  dedupCandidates,
  EQUAL_WEIGHTS,
  flagEvidence,
  fuseCandidates,
  hopAliases,
  keepRelationalSlot,
  phraseOf,
  synopsizerId,
  type Candidate,
  type IsAllowed,
  type Multipliers,
  type NamedList,
} from '../../domain/search/index.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchBudget } from '../../schemas/search-response.ts';
import type { Degradation, SearchDetail } from '../../schemas/vocabulary.ts';
import type { SearchRequest } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';
import type { SearchPlan } from './plan-search.ts';
import { rerankRows } from './rerank-rows.ts';
import { aliasTargets, runAlternate, runArms } from './run-arms.ts';
import type { SearchWorld } from './search-world.ts';
import { wordAnew } from './word-anew.ts';

/** Rows that each stage took away, by its name. */
type Dropped = Record<string, number>;

/** The passages of an answer, best first, and how they came about. */
export interface RankedPassages {
  readonly rows: readonly Candidate[];
  readonly budget: SearchBudget;
  readonly isReranked: boolean;
  readonly isExpanded: boolean;
  readonly degraded: readonly Degradation[];
  /** What each arm brought, what each row was multiplied by, and how many rows each stage took away. */
  readonly lists: readonly NamedList[];
  readonly multipliers: ReadonlyMap<string, Multipliers>;
  readonly dropped: Readonly<Dropped>;
}

/** Looks for what was planned: other wordings, arms, fusion, signals, dedup, rerank, cuts, budget, in this order. */
export async function rankPassages(
  world: SearchWorld,
  collection: OpenCollection,
  request: SearchRequest,
  plan: SearchPlan,
): Promise<RankedPassages> {
  const { query, strategy, offset = 0 } = request;
  const { intent, detail, vector, isAllowed } = plan;
  const { knobs } = plan.resolved;
  const weights = knobs.intent_weighting ? intent.weights : EQUAL_WEIGHTS;
  const pool = poolOf(knobs, request);
  const { alternates, expansion } = await wordAnew(request, collection, plan);
  // First, because the arms of the query itself say which chunk of a page is shown.
  const others = alternates.flatMap((alternate) =>
    runAlternate(collection, alternate, vector, { strategy, knobs, weights, pool, isAllowed }),
  );
  const lists = [...runArms(collection, { query, vector, strategy, knobs, weights, pool, isAllowed }), ...others];
  // Before anything is waited for: another search may make other chunks the best ones.
  const targets = aliasTargets(collection, strategy === 'hybrid' ? aliasPages(collection, query, isAllowed) : [], vector);
  const fused = fuse(lists, knobs, detail);
  const { candidates: signalled, multipliers } =
    strategy === 'keyword' ? { candidates: fused, multipliers: new Map<string, Multipliers>() } : weigh(fused, world, request, plan);

  const dropped: Dropped = {};
  const limits = { maxPerPage: knobs.dedup_max_per_page, textJaccard: knobs.dedup_text_jaccard, typeRatio: knobs.dedup_type_ratio };
  const deduped = count(dropped, 'dedup', signalled, dedupCandidates(signalled, limits));
  const reranked = await rerankRows(deduped, plan.reranker, knobs, request);
  const relational = lists.find(({ arm }) => arm === 'relational')?.rows ?? [];
  const hopped = hopAliases(reranked.rows, targets);
  const flagged = flagEvidence(hopped, knobs.evidence_cosine);
  const adapted = knobs.adaptive_return ? count(dropped, 'adaptive_return', flagged, adaptReturn(flagged, intent.intent)) : flagged;
  const cuts = { jump: knobs.autocut_jump, minTop: knobs.autocut_min_top, minKeep: knobs.autocut_min_keep };
  const kept = knobs.autocut ? count(dropped, 'autocut', adapted, autocut(adapted, cuts)) : adapted;
  const slotted = keepRelationalSlot(kept, relational, offset + knobs.limit);
  const wanted = slotted.slice(offset);
  const shown = count(dropped, 'limit', wanted, wanted.slice(0, knobs.limit));
  const { rows, budget } = applyTokenBudget(shown, knobs.token_budget, knobs.salvage);
  return {
    rows,
    budget,
    isReranked: reranked.isReranked,
    isExpanded: alternates.length > 0,
    degraded: [plan.degraded, reranked.degraded, expansion, missingSynopses(world, collection, plan)].filter((one) => one !== null),
    lists,
    multipliers,
    dropped: { ...dropped, token_budget: budget.dropped },
  };
}

function poolOf({ limit }: SearchKnobs, { offset = 0 }: SearchRequest): number {
  return Math.max(Math.min(Math.max(2 * limit, 50), 100), offset + limit);
}

function fuse(lists: readonly NamedList[], knobs: SearchKnobs, detail: SearchDetail | null): readonly Candidate[] {
  if (knobs.fusion === 'blend') return blendPages(lists, detail);
  return blendCosine(fuseCandidates(lists, knobs.rrf_k, detail), knobs.cosine_blend);
}

function weigh(
  rows: readonly Candidate[],
  { boosts, nowMs }: SearchWorld,
  { query, isEvaluation }: SearchRequest,
  { resolved: { knobs }, intent, detail }: SearchPlan,
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
    // Evaluated twice on one day, the same is found with the same scores.
    nowMs: isEvaluation ? Math.floor(nowMs() / DAY_MS) * DAY_MS : nowMs(),
  });
}

const DAY_MS = 86_400_000;

/** The pages that have the whole query as an alias, not as their title. */
function aliasPages({ index }: OpenCollection, query: string, isAllowed: IsAllowed): number[] {
  if (!canBeAlias(query)) return [];
  const phrase = phraseOf(query);
  return [...index.named(phrase)].filter((page) => isAllowed(page) && index.page(page).aliases.some((alias) => phraseOf(alias) === phrase));
}

/** Why vectors know nothing of the synopses that a search was to go by; null where they do, or where it was not to. */
function missingSynopses(
  { settings }: SearchWorld,
  collection: OpenCollection,
  { resolved: { knobs }, vector }: SearchPlan,
): Degradation | null {
  if (knobs.contextual !== 'synopsis') return null;
  const wanted = synopsizerId(settings);
  if (wanted === null) return 'no_synopsis_model';
  return vector === null || collection.synopsizer === wanted ? null : 'synopsis_mismatch';
}

function count<Row>(dropped: Dropped, stage: string, before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const lost = before.length - after.length;
  if (lost > 0) dropped[stage] = lost;
  return after;
}
