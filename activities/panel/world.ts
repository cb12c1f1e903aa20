/** What a panel of judges needs of the world, as types; `worker/` wires adapters into them. */
import type { Budget } from '../budget-ports.ts';
import type { ChatModel } from '../model-ports.ts';
import type { PanelJudge, PanelSetup } from '../panel-contract.ts';
import type { Clock } from '../ports.ts';

/** A file of lines as it was read. */
export interface ReadLines {
  readonly sha256: string;
  /** Those that are not blank, counted from 1. */
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

export interface PanelFiles {
  /** SourceError for a file that is not there, cannot be read or is not UTF-8. */
  readLines(path: string): Promise<ReadLines>;
  /** A document that stands under its name whole or not at all. */
  writeOutput(path: string, value: unknown): void;
  /** What a run has done so far: documents in its folder. */
  has(runId: string, name: string): boolean;
  read<Value>(runId: string, name: string): Value;
  write(runId: string, name: string, value: unknown): void;
  /** Runs of this workspace, newest first. */
  list(): readonly string[];
}

export interface PanelWorld {
  readonly clock: Clock;
  sha256(text: string): string;
  readonly files: PanelFiles;
  budget(run: PanelSetup): Budget;
  /** ConfigError when a key that the config names is missing; its calls reject with one when its host is not allowed. */
  chatModel(judge: PanelJudge, run: PanelSetup): ChatModel;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}
