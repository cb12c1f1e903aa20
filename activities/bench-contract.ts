/** The activities of a bench as workflows see them: types only. What crosses are ids, hashes, counts and settings; texts stay in files. */
import type { ModelPlan } from '../domain/bench-steps/index.ts';
import type { RunManifest } from '../schemas/bench-run-file.ts';
import type { BenchRunSettings } from '../schemas/bench-run-settings.ts';
import type { AttemptPurpose, ModelVerdict, RunEndReason } from '../schemas/vocabulary.ts';

/** One run of a bench: one pass over each model. */
export interface BenchRunInput {
  readonly run_id: string;
  /** Workflow id of the work that holds the inference slot: the run itself, or the sweep it belongs to. */
  readonly owner: string;
  readonly started_at: string;
  readonly sweep: { readonly id: string; readonly index: number; readonly of: number } | null;
  readonly models: readonly string[];
  readonly settings: BenchRunSettings;
  /** Where the run file goes beside the workspace's own; an absolute path. */
  readonly out: string | null;
  /** Workflow that owns the pause of production; null when there is no production. */
  readonly guard_id: string | null;
  /** Queue of the worker that has the one place at the inference server. */
  readonly slot_queue: string;
  /** After this long without a sign of life an attempt counts as dead. */
  readonly heartbeat_timeout_ms?: number;
  readonly config_hash: string;
  readonly code: { readonly version: string; readonly commit: string | null; readonly is_dirty: boolean | null };
}

/** How a run ended. */
export interface BenchRunResult {
  readonly run_id: string;
  readonly reason: RunEndReason | null;
  readonly verdicts: Readonly<Record<string, ModelVerdict>>;
  readonly exit_code: 0 | 1 | 2 | 130;
  /** The run file in the workspace, relative to it. */
  readonly run_file: string;
  /** Why it could not be done; absent for a run that was. */
  readonly detail?: string;
}

export type PreflightCheck = RunManifest['preflight_checks'][number];

/** BT-29: several runs of one model, one after the other, their verdict, and a row of the ledger. */
export interface BenchSweepInput {
  readonly sweep_id: string;
  readonly workflow_id: string;
  readonly runs: readonly BenchRunInput[];
  readonly budgets: { readonly mrr: number; readonly hit_at_1: number; readonly judge_mean: number };
  /** Folder for run files and report beside the workspace's own; absolute. */
  readonly out: string | null;
}

export interface BenchSweepResult {
  readonly sweep_id: string;
  readonly overall: 'PASS' | 'FAIL' | null;
  readonly run_ids: readonly string[];
  readonly ledger_seq: number | null;
  readonly exit_code: 0 | 1 | 2 | 130;
  readonly detail: string;
}

/** A step of a model's pass. */
export interface ModelInput {
  readonly run: BenchRunInput;
  readonly model: string;
}

export interface BatchInput extends ModelInput {
  readonly purpose: AttemptPurpose;
  readonly batch: number;
}

export interface BatchResult {
  readonly calls: number;
  readonly failed: number;
  /** Taken from the commit store. */
  readonly reused: number;
}

/** A run whose pass over the models is over, one way or another. */
export interface RunOutcome {
  readonly run: BenchRunInput;
  readonly reason: RunEndReason | null;
  readonly detail: string;
  readonly models: readonly ModelOutcome[];
  /** Null when nothing was paused. */
  readonly is_resumed: boolean | null;
  readonly paused_s: number;
}

/** What the workflow knows of a model that its files do not tell. */
export interface ModelOutcome {
  readonly model: string;
  readonly errors: readonly { readonly step: string; readonly type: string; readonly error: string }[];
  readonly prod_restart: string | null;
  readonly is_lease_lost: boolean;
}

export interface BenchActivities {
  /** The result of a run that has ended already; a run is never done twice. */
  findBenchRun(run: BenchRunInput): Promise<BenchRunResult | null>;
  preflightCheck(input: { readonly run: BenchRunInput; readonly check: string }): Promise<PreflightCheck>;
  /** Takes the slot, and waits until replays that are at the server have ended; the token is null when another bench has it. */
  takeSlot(run: BenchRunInput): Promise<{ readonly token: number | null; readonly detail: string }>;
  /** Gives back the slot when the run's owner has it. */
  freeSlot(run: BenchRunInput): Promise<void>;
  /** Writes down what the run is; a resumed run keeps what it was and notes the interruption. Says how much there is to do with each model. */
  openBenchRun(input: {
    readonly run: BenchRunInput;
    readonly checks: readonly PreflightCheck[];
    readonly lease: RunManifest['lease'];
    readonly slot_token: number | null;
  }): Promise<ModelPlan>;
  readCard(input: ModelInput & { readonly when: 'before' | 'after' }): Promise<void>;
  callBatch(input: BatchInput): Promise<BatchResult>;
  embedOutputs(input: ModelInput): Promise<void>;
  embedRepeats(input: ModelInput): Promise<void>;
  scoreRetrieval(input: ModelInput): Promise<void>;
  /** Comes back when a production appears where none was running, with what was seen; it is cancelled when the measured work is over. */
  watchAbsence(run: BenchRunInput): Promise<{ readonly detail: string }>;
  /** Calls of the judge for a model: its sample and the canaries. Zero without a judge. */
  planJudge(input: ModelInput): Promise<{ readonly calls: number }>;
  summarizeModel(input: { readonly run: BenchRunInput; readonly outcome: ModelOutcome }): Promise<{ readonly verdict: ModelVerdict }>;
  /** Writes the last record, publishes the run file and imports it into the result tables. */
  endBenchRun(outcome: RunOutcome): Promise<BenchRunResult>;
  /** Leaves word of how a sweep was started, so that whoever goes on with it knows; the command that started it may be gone before it could. */
  openSweep(sweep: BenchSweepInput): Promise<void>;
  /** The verdict over the runs of a sweep, with its report. */
  judgeSweep(
    sweep: BenchSweepInput,
  ): Promise<{ readonly overall: 'PASS' | 'FAIL'; readonly exit_code: 0 | 1 | 2; readonly detail: string }>;
  /** Leaves word of how a sweep ended. */
  endSweep(input: { readonly sweep: BenchSweepInput; readonly result: BenchSweepResult }): Promise<void>;
  /** Appends the row of a sweep to the trust ledger, once however often it is called. */
  recordSweep(sweep: BenchSweepInput): Promise<{ readonly seq: number }>;
}
