/** What the run of suspected contradictions and its activities agree on, as types. */
import type { CostSettings } from '../schemas/cost-settings.ts';
import type { SearchKnobs } from '../schemas/search-knobs.ts';
import type { SearchSettings } from '../schemas/search-settings.ts';
import type { PairSampling, SearchStrategy } from '../schemas/vocabulary.ts';
import type { ServedModel } from './model-ports.ts';

/** How verdicts of before serve: `refresh` keeps new ones only, `off` neither takes nor keeps any. */
export type CacheUse = 'on' | 'refresh' | 'off';

/** How the candidates of a run are searched. */
export interface CandidateSearch {
  readonly collection: string;
  readonly retriever: string;
  readonly strategy: SearchStrategy;
  readonly mode: string | null;
  readonly top_k: number;
  /** Per-call values, without the limit. */
  readonly knobs: Readonly<Partial<SearchKnobs>>;
  readonly settings: SearchSettings;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  /** Variables that decide what is found: LAUTER_SEARCH_EXCLUDE and its like. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Everything that a run is told. It lies in the run's folder as the document `run`, its queries beside it as the list `queries`, each a JSON text in a
 * line, and labelled pairs as `gold`: the engine itself carries no text of anybody.
 */
export interface ContradictionsRun {
  readonly run_id: string;
  readonly started_at: string;
  readonly search: CandidateSearch;
  readonly judge: ServedModel;
  readonly sampling: PairSampling;
  readonly max_pair_chars: number;
  readonly cache: CacheUse;
  /** Most pairs of the whole collection; null where only queries are asked. */
  readonly max_entity_pairs: number | null;
  readonly queries: { readonly name: string | null; readonly sha256: string; readonly count: number; readonly malformed: number };
  readonly budget: {
    readonly command: string;
    readonly cap_usd: number | null;
    readonly estimated_usd: number;
    readonly cost: CostSettings;
  };
  readonly code: { readonly version: string; readonly commit: string | null; readonly is_dirty: boolean | null };
}

/** What the engine is told of a run. */
export interface ContradictionsWork {
  readonly run_id: string;
  /** Batches of queries. */
  readonly batches: number;
  /** Pairs that are with the judge at once. */
  readonly window: number;
  readonly heartbeat_timeout_ms?: number;
}

/** How a run ended: 0 when every query was evaluated, 2 when the cap was reached before or no call of the judge brought a verdict. */
export interface ContradictionsResult {
  readonly run_id: string;
  readonly run_status: 'ok' | 'judge_failed' | 'over_budget';
  readonly exit_code: 0 | 2;
}

/** The activities of such a run, in their order. Each is idempotent: what is there already is not done again. */
export interface ContradictionsActivities {
  /** Searches the queries of a batch and pairs what they find. */
  findCandidates(input: { readonly run_id: string; readonly batch: number }): Promise<void>;
  /** Pairs what the whole collection says of one thing, where that is asked for, and puts all pairs in the order of judging. */
  orderPairs(input: { readonly run_id: string }): Promise<{ readonly pairs: number }>;
  /** Has one pair judged, or takes its verdict from the cache. What the cap forbids is noted, and no error. */
  judgePair(input: { readonly run_id: string; readonly pair: number }): Promise<void>;
  /** Writes report and row of the trend. */
  endContradictions(input: { readonly run_id: string }): Promise<ContradictionsResult>;
}
