/** The activities of long evaluations as workflows see them: types only. What crosses are ids, counts and settings; texts stay in files. */
import type { CostSettings } from '../schemas/cost-settings.ts';
import type { LongMemEvalReport } from '../schemas/longmemeval-report.ts';
import type { LongMemEvalSettings } from '../schemas/longmemeval-settings.ts';

/** Out of which budget calls are paid. What names the same `run_id` shares the cap. */
export interface BudgetFrame {
  readonly run_id: string;
  /** As `lauter` is given it: `eval longmemeval`. */
  readonly command: string;
  /** Most that may be spent, in US dollars; null for what the config says of the command. */
  readonly cap_usd: number | null;
}

/** What a run of LongMemEval pays with: embedding, expansion and reranking out of `retrieval`, reader and judge out of `answers`. */
export interface LongMemEvalBudget {
  readonly cost: CostSettings;
  readonly retrieval: BudgetFrame;
  readonly answers: BudgetFrame;
  /** What was told before it began; null where nobody estimated. */
  readonly estimated_usd: number | null;
}

/** One run of LongMemEval. Paths are absolute. */
export interface LongMemEvalRun {
  readonly run_id: string;
  readonly started_at: string;
  readonly dataset: { readonly path: string; readonly name: string; readonly sha256: string };
  /** The first so many questions, of those that are named; all when null. */
  readonly limit: number | null;
  readonly question_ids: readonly string[] | null;
  /** The hypothesis file; null when the rows go to the caller. */
  readonly output: string | null;
  readonly resume_from: string | null;
  readonly settings: LongMemEvalSettings;
  readonly budget: LongMemEvalBudget;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly code: { readonly version: string; readonly commit: string | null; readonly is_dirty: boolean | null };
  /** Batches in progress at once, over all workers. */
  readonly window: number;
  /** After this long without a sign of life an attempt counts as dead. */
  readonly heartbeat_timeout_ms?: number;
}

export interface LongMemEvalPlan {
  readonly batches: number;
  readonly questions: number;
  readonly reused: number;
}

export interface LongMemEvalBatch {
  readonly run: LongMemEvalRun;
  readonly batch: number;
}

/** How a run ended. */
export interface LongMemEvalResult {
  readonly run_id: string;
  readonly verdict: LongMemEvalReport['verdict'];
  readonly exit_code: 0 | 1 | 2;
}

export interface LongMemEvalActivities {
  /** Reads dataset and resumed file, and writes down what is to be done; the hypothesis file then holds the rows that are kept. */
  planLongMemEval(run: LongMemEvalRun): Promise<LongMemEvalPlan>;
  /** Searches, and where asked for answers and judges, the questions of a batch. Rows, and each call that was paid for, are kept for a next attempt. */
  askBatch(input: LongMemEvalBatch): Promise<{ readonly rows: number }>;
  /** Appends the rows of a batch to the hypothesis file; those that are there already are left out. One at a time. */
  appendBatch(input: LongMemEvalBatch): Promise<void>;
  /** Puts the whole file in order, with its summary last, and writes the report. */
  endLongMemEval(run: LongMemEvalRun): Promise<LongMemEvalResult>;
}
