import type { ProbeHistory } from '../../domain/probe/index.ts';
import type { Config } from '../../schemas/config.ts';
import type { DriftReport } from '../../schemas/drift-report.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { BenchSweepInput } from '../bench-contract.ts';
import type { DistillInput } from '../contract.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { PanelBatchRun } from '../panel-contract.ts';
import type { ProbeNight } from '../probe-contract.ts';
import type { ReplayQueueRun } from '../replay-contract.ts';
import type { NoticeWorld } from './tell-change.ts';

/** A config as it stands now, and the folder its relative paths start from. */
export interface LoadedConfig {
  readonly config: Config;
  readonly base: string;
}

/** What the quality probe is made of, and what it is expected to cost, in US dollars. */
export interface QualityWork {
  readonly run: LongMemEvalRun;
  /** Without the hash of its batch, which is not there yet. */
  readonly panel: PanelBatchRun;
  readonly fixtureSha256: string;
  readonly questions: number;
  readonly estimateUsd: number;
}

/** What the activities of the nightly probe need of the world. */
export interface ProbeWorld {
  readonly clock: { now(): string; nowMs(): number };
  /** What a run has decided so far, each there whole or not at all. */
  readonly files: {
    has(runId: string, name: string): boolean;
    read<Value>(runId: string, name: string): Value;
    write(runId: string, name: string, value: unknown): void;
  };
  readonly audit: {
    /** The rows of this ISO week and the one before. */
    read(nowMs: number): ProbeHistory;
    /** False when there is a row of that `run_uid`. */
    append(event: ProbeEvent): Promise<boolean>;
  };
  /** Read anew each time. ConfigError where it cannot be used. */
  config(): LoadedConfig;
  /** True where no embedder is configured, or the key of the one that is cannot be read. */
  isEmbedderMissing(loaded: LoadedConfig): boolean;
  /** ConfigError or CollectionError for what is missing. */
  qualityWork(loaded: LoadedConfig, night: ProbeNight): Promise<QualityWork>;
  /** UsageError where the config names no sources. */
  distillWork(loaded: LoadedConfig, night: ProbeNight): DistillInput;
  /** ConfigError where the config names no bench. */
  determinismWork(loaded: LoadedConfig, night: ProbeNight): Promise<BenchSweepInput>;
  /** ConfigError, SourceError or UsageError for tasks, a model or playbooks that are missing. */
  replayWork(
    loaded: LoadedConfig,
    night: ProbeNight,
  ): Promise<{ readonly run: ReplayQueueRun; readonly questions: number; readonly fixtureSha256: string }>;
  longMemEvalReport(runId: string): LongMemEvalReport;
  drift(runId: string): DriftReport;
  /** SHA-256 of a file. */
  hashFile(path: string): string;
  /** What a run has been charged with so far, in US dollars. */
  spentUsd(loaded: LoadedConfig, night: ProbeNight): Promise<number>;
  notices(loaded: LoadedConfig): NoticeWorld;
}
