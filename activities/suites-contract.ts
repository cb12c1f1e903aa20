/** The activities of `lauter eval run-all` as workflows see them: types only. What crosses are ids and counts; questions and settings stay in files. */
import type { EvalState } from '../schemas/vocabulary.ts';
import type { LongMemEvalRun } from './eval-contract.ts';

/** One suite in one mode. */
export interface SuiteCell {
  readonly suite: string;
  readonly mode: string;
  /** The cell's own, and the id of its child workflow. */
  readonly run_uid: string;
}

/** A run over all its cells; what it was told lies in its folder as `run`. */
export interface SuitesRun {
  readonly run_id: string;
  readonly cells: readonly SuiteCell[];
  /** Cells in progress at once. */
  readonly parallel: number;
  /** After this long without a sign of life an attempt counts as dead. */
  readonly heartbeat_timeout_ms?: number;
}

/** A cell, and the run that it is part of. */
export interface CellOfRun {
  readonly run_id: string;
  readonly cell: SuiteCell;
}

/** How a cell ended. */
export interface CellResult {
  readonly suite: string;
  readonly mode: string;
  readonly status: EvalState;
  /** `<commit>-<suite>-<mode>-<seed>` */
  readonly run_id: string;
  readonly run_uid: string;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly cost_usd: number;
  /** Why it was skipped, or failed; null where it ended well. */
  readonly reason: string | null;
}

/** What is to be done for a cell. */
export type OpenedCell =
  | { readonly work: 'nothing' }
  | { readonly work: 'longmemeval'; readonly run: LongMemEvalRun }
  | { readonly work: 'measure'; readonly batches: number };

export interface CellBatch extends CellOfRun {
  readonly batch: number;
}

export interface EndedCell extends CellOfRun {
  /** Why its work broke off; null where it was done. */
  readonly failure: string | null;
}

export interface SuitesResult {
  readonly run_id: string;
  readonly cells: readonly CellResult[];
}

export interface SuitesActivities {
  /** What is left to do for a cell; nothing where it is to be skipped, or has ended already. */
  openCell(input: CellOfRun): Promise<OpenedCell>;
  /** Puts the questions of a batch to the engine, one after the other. Rows are kept for a next attempt. */
  measureBatch(input: CellBatch): Promise<{ readonly rows: number }>;
  /** Writes the rows of a cell into one file and its record into the ledger. A cell ends once. */
  endCell(input: EndedCell): Promise<CellResult>;
  /** Closes the run, and says how its cells ended. */
  endSuites(run: SuitesRun): Promise<SuitesResult>;
}
