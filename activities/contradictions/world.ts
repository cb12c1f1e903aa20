/** What a run of suspected contradictions needs of the world, as types; `worker/` wires adapters into them. */
import type { SearchPage } from '../../schemas/search-page.ts';
import type { Budget } from '../budget-ports.ts';
import type { ContradictionsRun } from '../contradictions-contract.ts';
import type { ChatModel } from '../model-ports.ts';
import type { Clock } from '../ports.ts';
import type { Retriever } from '../search-ports.ts';

/** What a run has done so far: documents and lists of lines in its folder, each there whole or not at all. */
export interface ContradictionsFiles {
  has(runId: string, name: string): boolean;
  read<Value>(runId: string, name: string): Value;
  write(runId: string, name: string, value: unknown): void;
  readLines(runId: string, name: string): string[];
  writeLines(runId: string, name: string, lines: readonly string[]): void;
}

/** What a judge said of a pair, as it is kept for later runs. */
export interface KeptAnswer {
  readonly text: string;
  readonly snapshot: string | null;
}

/** Answers of judges, for 30 days. */
export interface AnswerCache {
  find(key: string): KeptAnswer | undefined;
  /** Throws where it cannot be written. */
  keep(key: string, answer: KeptAnswer): void;
  /** The model that answered last under this name, as its server named it; null where nobody knows. */
  snapshotOf(judge: string): string | null;
  keepSnapshot(judge: string, snapshot: string | null): void;
}

/** The pages of a collection that lies in this workspace. */
export interface KnownCollection {
  readonly corpusHash: string;
  /** Keys ascending, which is the order in which their passages are numbered. */
  pages(): AsyncIterable<SearchPage>;
}

export interface ContradictionsWorld {
  readonly clock: Clock;
  sha256(text: string): string;
  readonly files: ContradictionsFiles;
  readonly cache: AnswerCache;
  /** Null where only an engine of others knows the collection. */
  collection(name: string): KnownCollection | null;
  /** What its calls cost comes out of the budget. */
  retriever(run: ContradictionsRun, budget: Budget): Promise<Retriever>;
  budget(run: ContradictionsRun): Budget;
  /** The judge of a run; its calls reject with a ConfigError when its host is not allowed. */
  judge(run: ContradictionsRun): ChatModel;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}
