/** The activities as workflows see them: types only. Everything that crosses is a reference, a digest or a count. */
import type { DistillSettings } from '../schemas/distill-settings.ts';
import type { RunSummary } from '../schemas/run-summary.ts';
import type { Stage } from '../schemas/vocabulary.ts';
import type { SourceRequest } from './ports.ts';

/** What a refinery run is: the sources, what is to be made of them, and under which names. */
export interface DistillInput {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly started_at: string;
  readonly requests: readonly SourceRequest[];
  readonly skip_unknown: boolean;
  readonly settings: DistillSettings;
  readonly config_digest: string;
  /** Folder that relative paths of the config start from. */
  readonly config_base: string;
  readonly code_version: string;
  /** Last stage to do; a whole run ends with `audit`. */
  readonly until: Stage;
  /** Shards worked on at once, over all workers. */
  readonly window: number;
  /** Stages that an earlier part of this run (before a continue-as-new) has done, and what it knows of the one it was in. */
  readonly done?: readonly StageCount[];
  /** True when the run goes on after its command, worker or server was lost. */
  readonly resumed?: boolean;
  /** Set when an earlier part of the run was paused as it ended. */
  readonly paused?: 'user' | 'interrupt' | null;
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly shards_per_history?: number;
  /** Shorter than usual where a test kills workers. */
  readonly heartbeat_timeout_ms?: number;
}

/** Sums of a stage; kept over a continue-as-new, also for the stage that was going on. */
export interface StageCount {
  readonly stage: Stage;
  readonly started_at: string;
  readonly settled: boolean;
  readonly shards: number;
  readonly shards_reused: number;
}

/** Shards of a stage, those that do not exist yet, and how many an earlier run had made. */
export interface StagePlan {
  readonly shards: number;
  readonly pending: readonly number[];
  readonly reused: number;
}

export interface ShardInput {
  readonly run: DistillInput;
  readonly index: number;
}

export interface ShardResult {
  readonly rows: number;
}

export interface StageInput {
  readonly run: DistillInput;
  readonly shards: number;
  readonly shards_reused: number;
  readonly started_at: string;
}

/** `summary` is absent when the run was asked to stop before the last stage. */
export interface DistillResult {
  readonly run_id: string;
  readonly verdict: RunSummary['verdict'] | 'unfinished';
  readonly summary_path: string;
}

/** One file of an export, or the check of one. */
export interface ExportSetInput {
  readonly run: DistillInput;
  readonly set: 'rag' | 'sft' | 'preference' | 'quarantine';
}

export interface DistillActivities {
  planMaterialize(input: DistillInput): Promise<StagePlan>;
  materializeShard(input: ShardInput): Promise<ShardResult>;
  settleMaterialize(input: StageInput): Promise<void>;
  planScore(input: DistillInput): Promise<StagePlan>;
  scoreShard(input: ShardInput): Promise<ShardResult>;
  settleScore(input: StageInput): Promise<void>;
  planExport(input: DistillInput): Promise<StagePlan>;
  exportShard(input: ShardInput): Promise<ShardResult>;
  decideExport(input: DistillInput): Promise<void>;
  writeExportSet(input: ExportSetInput): Promise<void>;
  settleExport(input: StageInput): Promise<void>;
  writeReceipts(input: StageInput): Promise<void>;
  auditExportSet(input: ExportSetInput): Promise<void>;
  settleAudit(input: StageInput): Promise<void>;
  finishRun(input: DistillInput): Promise<DistillResult>;
  abandonRun(input: { readonly run: DistillInput; readonly state: 'cancelled' | 'failed'; readonly reason: string }): Promise<void>;
}
