/** What a replay needs of the world, as types; `cli/replay/` joins the adapters behind it. */
import type { ModelWindow, PlaybookRetriever, RankedPlaybook, ReplayMessage } from '../../domain/replay/index.ts';
import type { RagRow } from '../../schemas/export-rows.ts';
import type { ReplayBundle, ReplayRun } from '../../schemas/replay-run.ts';

/** How playbooks are looked for, and how many at most. */
export interface PlaybookSearch {
  readonly retriever: PlaybookRetriever;
  readonly topK: number;
}

/** What was found, best first, equal ones by id, and what is to be known of how it was found. */
export interface FoundPlaybooks {
  readonly ranked: readonly RankedPlaybook[];
  readonly notes?: readonly string[];
}

/** The playbooks that a task is held against, and what finds those that are like it. */
export interface Corpus {
  /** Run whose export they are; null for a file that was named. */
  readonly runId: string | null;
  readonly rows: readonly RagRow[];
  /** Of the file they stand in. */
  readonly sha256: string;
  find(task: string, how: PlaybookSearch, signal: AbortSignal): Promise<FoundPlaybooks>;
}

/** What is asked, in the form that each kind of model needs. */
export interface ReplayQuestion {
  readonly task: string;
  readonly bundle: ReplayBundle;
  readonly messages: readonly ReplayMessage[];
  readonly requestDigest: string;
}

/** An answer, or why there is none. */
export type ReplayAnswer =
  | { readonly state: 'answered'; readonly text: string; readonly usage: ReplayRun['usage'] }
  | { readonly state: 'failed'; readonly detail: string; readonly usage: ReplayRun['usage'] };

/** Who answers. */
export interface ReplayModel {
  readonly name: string;
  readonly window: ModelWindow;
  answer(question: ReplayQuestion, signal: AbortSignal): Promise<ReplayAnswer>;
}

export interface ReplayWorld {
  readonly clock: { now(): string; nowMs(): number };
  sha256(text: string): string;
  /** How many times model output was fed back on the way to each of these rows; a row that nobody knows is left out. */
  generationsOf(corpus: Pick<Corpus, 'runId'>, ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Durable once it resolves. */
  append(run: ReplayRun): Promise<void>;
}
