import type { SuitePlan } from '../../domain/suites/index.ts';
import type { EvalRecord } from '../../schemas/eval-record.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { ReplayEngines } from '../gate/replay.ts';
import type { Clock } from '../ports.ts';
import type { CellResult } from '../suites-contract.ts';
import type { JudgedWork, SuitesRunDocument } from './run-document.ts';

/** What runs over suites have done so far: documents and lists of lines in their folders, each there whole or not at all. */
export interface SuitesFiles {
  readRun(runId: string): SuitesRunDocument;
  /** The questions that a run asks, by the hash of what they were read from. */
  readPlan(hash: string): SuitePlan;
  /** Lines of a cell by their name; null where it has none. */
  readLines(runId: string, runUid: string, name: string): string[] | null;
  writeLines(runId: string, runUid: string, name: string, lines: readonly string[]): void;
  readResult(runId: string, runUid: string): CellResult | null;
  writeResult(runId: string, result: CellResult): void;
  /** Hypotheses of a run of LongMemEval that has ended; null where there are none. */
  readHypotheses(runUid: string): string[] | null;
  /** Haystack sessions of each question, in a short form, by its id. */
  readHaystacks(run: LongMemEvalRun): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Writes the rows of a cell where people look for them; their sha256. */
  writeRows(path: string, lines: readonly string[]): string;
  /** A path as the ledger tells it: from the folder of the workspace, where it lies in there. */
  tellPath(path: string): string;
  /** Says that nothing of the run is left to go on with. */
  close(run: SuitesRunDocument): void;
}

/** Engines that questions are put to. */
export interface SuiteEngines extends ReplayEngines {
  /** US dollars that its calls have been settled at so far; 0 where none is paid for. */
  settledUsd(): number;
  close(): Promise<void>;
}

export interface SuitesWorld {
  readonly clock: Clock;
  readonly files: SuitesFiles;
  /** Appends a record unless the ledger has one of that `run_uid`. */
  record(record: EvalRecord): Promise<void>;
  engines(run: SuitesRunDocument, work: JudgedWork): Promise<SuiteEngines>;
}
