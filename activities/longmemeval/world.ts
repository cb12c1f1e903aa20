/** What a run of LongMemEval needs of the world, as types; `worker/` wires adapters into them. */
import type { Budget } from '../budget-ports.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { ChatModel, ServedModel } from '../model-ports.ts';
import type { Clock } from '../ports.ts';
import type { Retriever } from '../search-ports.ts';

/** Where a question stands in a file that is not compressed. */
export interface QuestionPlace {
  readonly start: number;
  readonly end: number;
}

/** One entry of a dataset: its question's id, as far as that can be told without reading all of it, or what is wrong with the file there. */
export type DatasetEntry = QuestionPlace & { readonly line: number } & (
    { readonly questionId: string | null } | { readonly fault: string }
  );

/** A line of a hypothesis file with the value in it. */
export interface HypothesisLine {
  readonly text: string;
  readonly value: unknown;
}

/** What a hypothesis file holds. Its last line may have been cut off while it was written. */
export interface HypothesisFile {
  readonly lines: readonly HypothesisLine[];
  readonly isLastCut: boolean;
}

export interface LongMemEvalFiles {
  /** Makes the dataset readable from any place: the file itself, or an unpacked copy in the run's folder. Its path. */
  stageDataset(run: LongMemEvalRun): Promise<string>;
  /** Every entry in order, of a JSON array or of JSON lines; one entry at most is held. */
  scanDataset(path: string): AsyncIterable<DatasetEntry>;
  /** The value at a place; undefined for what is not JSON. */
  readQuestion(path: string, place: QuestionPlace): unknown;
  /** SourceError when the file is not there, or a line in it that is not the last is not JSON. */
  readHypotheses(path: string): HypothesisFile;
  /** Writes whole lines, in place of what is there. */
  writeHypotheses(path: string, lines: readonly string[]): void;
  /** Appends whole lines and flushes them; a last line that was cut off goes first, rows of questions that are there already stay out. */
  appendHypotheses(path: string, lines: readonly string[]): void;
  /** Makes a run the one that writes a file: a run that was left and comes back finds that another has taken its place. */
  takeOutput(path: string, runId: string): void;
  isOutputOf(path: string, runId: string): boolean;
  /** What a run has done so far: documents and lists of lines in its folder, each there whole or not at all. */
  has(runId: string, name: string): boolean;
  read<Value>(runId: string, name: string): Value;
  write(runId: string, name: string, value: unknown): void;
  readLines(runId: string, name: string): string[];
  writeLines(runId: string, name: string, lines: readonly string[]): void;
  /** Runs of this workspace that hold calls which were paid for and may serve again. */
  runsWithCalls(): readonly string[];
  /** Removes what nobody needs once a run has ended: the copy of the dataset, the batches, and the calls unless they may serve again. */
  tidy(runId: string, keeps: { readonly calls: boolean }): void;
}

/** What a model is asked for. */
export type ModelRole = 'reader' | 'judge';

/** Where a model is served, and what for. */
export interface ModelServer extends ServedModel {
  readonly role: ModelRole;
}

export interface LongMemEvalWorld {
  readonly clock: Clock;
  sha256(text: string): string;
  readonly files: LongMemEvalFiles;
  /** The engine of a run, which can make collections; what it calls is paid out of the budget. The built-in one sees none of the user's collections. */
  retriever(run: LongMemEvalRun, budget: Budget): Promise<Retriever>;
  /** A budget of the run: that of searching, or that of reader and judge. */
  budget(run: LongMemEvalRun, what: 'retrieval' | 'answers'): Budget;
  /** A model of the run. ConfigError when a key that the config names is missing; its calls reject with one when its host is not allowed. */
  chatModel(server: ModelServer, run: LongMemEvalRun): ChatModel;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}
