import type { SuiteKind } from '../../domain/suites/index.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import type { SearchStrategy } from '../../schemas/vocabulary.ts';
import type { BudgetFrame, LongMemEvalRun } from '../eval-contract.ts';
import type { SuiteCell } from '../suites-contract.ts';

/** A run over suites as it was told; lies in its folder as `run`. Paths are absolute. */
export interface SuitesRunDocument {
  readonly run_id: string;
  /** What a command must share with this one to go on with its run. */
  readonly identity: string;
  readonly started_at: string;
  readonly seed: number;
  readonly limit: number | null;
  readonly output: string;
  readonly command: readonly string[];
  readonly code: { readonly version: string; readonly commit: string; readonly short: string };
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly search: SearchSettings;
  readonly retriever: string;
  readonly strategy: SearchStrategy;
  /** Per-call values. */
  readonly knobs: Readonly<Partial<SearchKnobs>>;
  readonly is_vector_asked: boolean;
  readonly allow_degraded: boolean;
  readonly price: DownstreamPrice;
  readonly cost: CostSettings;
  /** What embedding, expansion and reranking are paid out of. */
  readonly retrieval_budget: BudgetFrame;
  readonly cells: readonly PlannedCell[];
}

/** What the model that reads what was found costs: the one that the config names, else a reference. */
export interface DownstreamPrice {
  readonly model: string | null;
  readonly input_per_million: number;
  readonly table: string;
}

/** A cell, and everything that its record tells. */
export interface PlannedCell extends SuiteCell {
  /** `<commit>-<suite>-<mode>-<seed>` */
  readonly run_id: string;
  /** From 1; one that could not be paid for to its end is tried again. */
  readonly attempt: number;
  /** The cell of the attempt before, whose rows are taken over; null for the first. */
  readonly earlier: string | null;
  readonly kind: SuiteKind;
  readonly dataset: { readonly name: string; readonly sha256: string } | null;
  readonly questions: number;
  readonly question_set_hash: string | null;
  /** Of all that decides what is found, but the mode: arms that are compared share it. */
  readonly config_hash: string;
  readonly estimated_usd: number;
  readonly models: Readonly<Record<string, string | null>>;
  readonly prompt_hashes: Readonly<Record<string, string | null>>;
  readonly work: CellWork;
}

export type CellWork =
  { readonly kind: 'skipped'; readonly reason: string } | { readonly kind: 'longmemeval'; readonly run: LongMemEvalRun } | JudgedWork;

/** Questions that are put to a collection. */
export interface JudgedWork {
  readonly kind: 'measure';
  /** Hash that the questions are kept under. */
  readonly plan: string;
  /** Whose collection it is: the user's, or one that was made of a dataset for evaluations alone. */
  readonly place: 'workspace' | 'suites';
  readonly collection: string;
}

/** The cell of a run by its own id. */
export function plannedCell({ cells, run_id }: SuitesRunDocument, runUid: string): PlannedCell {
  const cell = cells.find(({ run_uid }) => run_uid === runUid);
  if (cell === undefined) throw new RangeError(`looking for the cell ${runUid}: expected one of ${run_id}, found none.`);
  return cell;
}
