/** The activities of a panel of judges as workflows see them: types only. What crosses are ids, counts and settings; texts stay in files. */
import type { JudgeAnswer, JudgeCall } from '../domain/panel/index.ts';
import type { CostSettings } from '../schemas/cost-settings.ts';
import type { PanelBatch } from '../schemas/panel-batch.ts';
import type { BudgetFrame } from './eval-contract.ts';
import type { ServedModel } from './model-ports.ts';

/** A judge, by the slot that it sits in. */
export interface PanelJudge extends ServedModel {
  readonly id: string;
}

/** Who is asked, and how: what every panel has. */
export interface PanelSetup {
  readonly run_id: string;
  readonly judges: readonly PanelJudge[];
  /** As judges have to name them: PANEL_DIMENSIONS, ANSWER_DIMENSIONS or others. */
  readonly dimensions: readonly string[];
  readonly cycles: number;
  /** Of an answer. */
  readonly max_tokens: number;
  /** Names that are taken out of what is judged; null where they stay. */
  readonly blind_names: readonly string[] | null;
  /** How long one attempt at a call may take; two minutes when left out. */
  readonly call_timeout_ms?: number;
  /** Hosts that may be called beside this machine. */
  readonly allowed_hosts: readonly string[];
  readonly budget: {
    readonly cost: CostSettings;
    /** Whose cap it is: what names the same `run_id` shares it. */
    readonly frame: BudgetFrame;
    /** What was told before it began; null where nobody estimated. */
    readonly estimated_usd: number | null;
  };
}

/** One batch. Plain data, so that another workflow can have it done as a child. Paths are absolute. */
export interface PanelBatchRun extends PanelSetup {
  readonly started_at: string;
  /** JSON lines with `question_id`, `question` and `hypothesis`; another hash than the stated one ends the run. */
  readonly batch: { readonly path: string; readonly sha256: string | null };
  /** The first so many rows; all when null. */
  readonly limit: number | null;
  /** Questions in progress at once. */
  readonly concurrent: number;
  /** JSON lines of outputs whose worth is known. */
  readonly calibration: { readonly path: string; readonly sha256: string | null } | null;
  /** Where the summary goes beside the run's own folder; null for nowhere. */
  readonly output: string | null;
  /** After this long without a sign of life an attempt counts as dead. */
  readonly heartbeat_timeout_ms?: number;
}

/** What there is to judge: first what the judges are calibrated by, in one cycle, then the questions. */
export interface PanelPlan {
  readonly items: number;
  /** Of them, those that judges are calibrated by. */
  readonly labelled: number;
}

/** How a batch ended. */
export interface PanelBatchResult {
  readonly run_id: string;
  readonly verdict: PanelBatch['verdict'];
  readonly exit_code: 0 | 1 | 2;
  readonly counts: {
    readonly total: number;
    readonly pass: number;
    readonly fail: number;
    readonly inconclusive: number;
    readonly error: number;
    readonly upstream_error: number;
    readonly malformed: number;
    readonly budget_skipped: number;
    readonly not_scored: number;
  };
  readonly est_cost_usd: number;
  readonly actual_cost_usd: number;
}

export interface PanelActivities {
  /** Reads the batch and writes down what is to be judged. A plan that is there already holds. */
  planPanel(run: PanelBatchRun): Promise<PanelPlan>;
  /** Asks one judge. An answer, and a judge that gave none, are kept: a next attempt asks nobody. */
  askJudge(input: { readonly run_id: string; readonly call: JudgeCall }): Promise<JudgeAnswer>;
  /** Reads all answers, and writes the summary. A run ends once. */
  endPanelBatch(run: PanelBatchRun): Promise<PanelBatchResult>;
}
