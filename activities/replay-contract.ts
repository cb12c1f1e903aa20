/** The activities of a queue of replays as workflows see them: types only. What crosses are ids, counts and settings; tasks and answers stay in files. */
import type { CostSettings } from '../schemas/cost-settings.ts';
import type { ReplayQueueReport } from '../schemas/replay-queue.ts';
import type { ReplaySettings } from '../schemas/replay-settings.ts';
import type { SearchSettings } from '../schemas/search-settings.ts';
import type { GroundingMode } from '../schemas/vocabulary.ts';
import type { PlaybookRetriever } from '../domain/replay/index.ts';
import type { BudgetFrame } from './eval-contract.ts';

/** How each task of a queue is replayed. */
export interface ReplayChoices {
  /** `none` is the baseline without playbooks. */
  readonly retriever: PlaybookRetriever | 'none';
  readonly top_k: number;
  /** File of playbooks; null for those of `exports/latest`, as it is when the queue begins. */
  readonly corpus: string | null;
  /** Part of the corpus that is there at all, above 0 and up to 1; all of it when left out. A smaller share is contained in every larger one. */
  readonly corpus_share?: number;
  readonly model: string;
  /** Asked when the gate refused; null where that is not allowed. */
  readonly escalate_to: string | null;
  readonly grounding: GroundingMode;
}

/** One queue. Plain data, so that another workflow can have it done as a child. Paths are absolute. */
export interface ReplayQueueRun {
  readonly run_id: string;
  readonly started_at: string;
  /** One task on each line, as it is or as `{"id":"…","task":"…"}`; another hash than the stated one ends the run. */
  readonly tasks: { readonly path: string; readonly sha256: string };
  /** The first so many tasks; all when null. */
  readonly limit: number | null;
  readonly choices: ReplayChoices;
  readonly settings: ReplaySettings;
  /** How playbooks are searched; there for the retriever `hybrid` alone. */
  readonly search?: SearchSettings;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly budget: { readonly cost: CostSettings; readonly frame: BudgetFrame; readonly estimated_usd: number };
  /** Tasks in progress at once. */
  readonly concurrent: number;
  /** After this long without a sign of life an attempt counts as dead. */
  readonly heartbeat_timeout_ms?: number;
}

/** What came of a task, as far as the workflow has to know. */
export interface QueuedReplay {
  readonly state: 'replayed' | 'over_budget';
}

/** How a queue ended. */
export interface ReplayQueueResult {
  readonly run_id: string;
  readonly verdict: ReplayQueueReport['verdict'];
  readonly exit_code: 0 | 1 | 2;
  readonly counts: ReplayQueueReport['counts'];
}

export interface ReplayActivities {
  /** Reads the tasks, and writes down what is to be done. A plan that is there already holds. */
  planReplays(run: ReplayQueueRun): Promise<{ readonly tasks: number }>;
  /** Replays one task and appends it to the log, once however often it is called; a call that was answered is never made again. */
  replayQueued(input: { readonly run_id: string; readonly task: number }): Promise<QueuedReplay>;
  /** Counts what all tasks came to, and writes the report. */
  endReplays(run: ReplayQueueRun): Promise<ReplayQueueResult>;
}
