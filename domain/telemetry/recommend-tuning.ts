import type { SearchCall } from '../../schemas/search-call.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchMode, TuningRule } from '../../schemas/vocabulary.ts';

/** Days that tuning looks back on, and calls below which it says nothing. */
export const TUNING_DAYS = 7;
export const LEAST_CALLS = 20;

/** How searches are set up now. */
export interface TuningSetup {
  readonly mode: SearchMode;
  readonly knobs: SearchKnobs;
  /** The model that reads what is found; null when none is configured. */
  readonly readerModel: string | null;
}

/** One change of the config that the calls speak for. */
export interface Recommendation {
  readonly id: TuningRule;
  /** Name below `search`. */
  readonly setting: 'mode' | 'cache_similarity' | 'semantic_cache';
  readonly from: string | number | boolean;
  readonly to: string | number | boolean;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, string | number | null>>;
}

/** What the calls of the last days speak for. Null when there are too few of them to say anything. */
export function recommendTuning(calls: readonly SearchCall[], setup: TuningSetup): Recommendation[] | null {
  if (calls.length < LEAST_CALLS) return null;
  return [afterBudgetDrops, afterCacheHits, forSmallModel, forDisabledCache].flatMap((rule) => rule(calls, setup) ?? []);
}

type Rule = (calls: readonly SearchCall[], setup: TuningSetup) => Recommendation | null;

const DROPS_PER_CALL = 2;

const afterBudgetDrops: Rule = (calls, { mode }) => {
  if (mode !== 'conservative') return null;
  const tight = calls.filter((call) => call.mode === 'conservative');
  const dropped = tight.reduce((sum, call) => sum + call.budget_dropped, 0);
  if (dropped <= DROPS_PER_CALL * tight.length) return null;
  return {
    id: 'mode_budget_drops',
    setting: 'mode',
    from: mode,
    to: 'balanced',
    reason: `The token budget of conservative drops more than ${DROPS_PER_CALL} results a call.`,
    evidence: { calls: tight.length, budget_dropped: dropped, dropped_per_call: dropped / tight.length },
  };
};

const MOST_HITS = 0.85;
const LEAST_PROBES = 50;
const STRICTER_SIMILARITY = 0.94;

const afterCacheHits: Rule = (calls, { knobs }) => {
  const hits = calls.filter(({ cache }) => cache === 'hit').length;
  const probes = calls.filter(({ cache }) => cache !== 'off').length;
  if (probes <= LEAST_PROBES || hits / probes <= MOST_HITS || knobs.cache_similarity >= STRICTER_SIMILARITY) return null;
  return {
    id: 'cache_too_lenient',
    setting: 'cache_similarity',
    from: knobs.cache_similarity,
    to: STRICTER_SIMILARITY,
    reason: `The cache answers more than ${MOST_HITS * 100} % of what is asked: different questions may get one answer.`,
    evidence: { probes, cache_hits: hits, cache_hit_rate: hits / probes },
  };
};

/** Words by which models say that they are small, and sizes below ten thousand million parameters. */
const SMALL_MODEL = /(?:^|[^a-z\d.])(?:mini|small|nano|tiny|lite|haiku|flash|\d(?:\.\d+)?b)(?:[^a-z]|$)/i;

const forSmallModel: Rule = (calls, { mode, readerModel }) => {
  if (mode !== 'tokenmax' || readerModel === null || !SMALL_MODEL.test(readerModel)) return null;
  return {
    id: 'mode_for_small_model',
    setting: 'mode',
    from: mode,
    to: 'balanced',
    reason: 'A small model reads what is found: it loses its way in as much as tokenmax returns.',
    evidence: { calls: calls.length, reader_model: readerModel },
  };
};

const CALLS_WORTH_A_CACHE = 5;

const forDisabledCache: Rule = (calls, { knobs }) => {
  if (knobs.semantic_cache || calls.length <= CALLS_WORTH_A_CACHE) return null;
  return {
    id: 'cache_disabled',
    setting: 'semantic_cache',
    from: false,
    to: true,
    reason: 'The cache is off while searches are made that it could answer.',
    evidence: { calls: calls.length },
  };
};
