/** What a bench run needs of the world, as types; `worker/` wires adapters into them. */
import type { RunFileRecord } from '../../schemas/bench-run-file.ts';
import type { BenchAttempt, SystemLoad } from '../../schemas/bench-attempt.ts';
import type { ModelCard } from '../../schemas/bench-model-summary.ts';
import type { RunManifest } from '../../schemas/bench-run-file.ts';
import type { BenchRunSettings } from '../../schemas/bench-run-settings.ts';
import type { CallErrorKind } from '../../schemas/vocabulary.ts';
import type { ProductionAnswer, ProductionHealth } from '../../schemas/production-contract.ts';
import type { PauseMarker } from '../../schemas/pause-lease.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { StateOf } from '../../domain/trust/index.ts';
import type { BenchImport } from '../../schemas/bench-import-report.ts';
import type { Clock } from '../ports.ts';
import type { OpenCorpus } from './open-corpus.ts';
import type { OpenQa } from './open-qa.ts';

/** A call that brought an answer, or one that brought none and why. */
export type ModelCall<Value> =
  | { readonly state: 'answered'; readonly value: Value; readonly status: number; readonly timing: CallTiming }
  | {
      readonly state: 'failed';
      readonly kind: CallErrorKind;
      readonly detail: string;
      readonly status: number | null;
      readonly retryAfterMs: number | null;
      readonly timing: CallTiming;
    };

export interface CallTiming {
  readonly startTsMs: number;
  readonly totalMs: number;
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
  readonly temperature: number;
  readonly top_p: number | null;
  readonly max_tokens: number | null;
  readonly replySchema: { readonly name: string; readonly schema: JsonObject };
  readonly isStreamed: boolean;
}

export interface ChatAnswer {
  readonly text: string;
  readonly finishReason: string | null;
  readonly usage: { readonly prompt_tokens: number | null; readonly completion_tokens: number | null } | null;
  readonly ttftMs: number | null;
}

export interface CallLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Goes with the call, so that a server's log can be held against the run file. */
  readonly requestId?: string | undefined;
}

/** An OpenAI-compatible server. Calls answer with what happened; they reject only when they are broken off or may not be made at all. */
export interface Inference {
  chat(request: ChatRequest, limits: CallLimits): Promise<ModelCall<ChatAnswer>>;
  embed(model: string, texts: readonly string[], limits: CallLimits): Promise<ModelCall<number[][]>>;
  listModels(limits: CallLimits): Promise<ModelCall<readonly { readonly id: string }[]>>;
  readCard(model: string, limits: CallLimits): Promise<ModelCall<ModelCard>>;
}

/** The one place at an inference server. */
export interface InferenceSlot {
  take(
    owner: string,
  ): Promise<
    | { readonly taken: true; readonly token: number }
    | { readonly taken: false; readonly holder: { readonly owner: string | null; readonly renewed_at: string } }
  >;
  renew(token: number): Promise<boolean>;
  isCurrent(token: number): boolean;
  free(owner: string): Promise<void>;
  holder(): { readonly owner: string | null; readonly renewed_at: string } | undefined;
  /** Calls that were let in before it was taken and may still be going on. */
  guests(): readonly { readonly owner: string }[];
}

/** What runs have done so far. */
export interface BenchRuns {
  list(): string[];
  has(runId: string, name: string): boolean;
  read<Value>(runId: string, name: string): Value;
  write(runId: string, name: string, value: unknown): void;
  findCall(runId: string, key: string): BenchAttempt | undefined;
  commitCall(attempt: BenchAttempt): void;
  appendAttempts(runId: string, model: string, attempts: readonly BenchAttempt[]): void;
  readAttempts(runId: string, model: string): BenchAttempt[];
  markReused(runId: string): void;
  publish(
    runId: string,
    path: string,
    parts: {
      readonly first: RunFileRecord;
      readonly models: readonly { readonly id: string; readonly summary: RunFileRecord | undefined }[];
      readonly last: RunFileRecord;
    },
  ): Promise<{ readonly sha256: string }>;
  /** Absolute path of a run's own run file. */
  runFile(runId: string): string;
  /** A model's name in file names. */
  slug(model: string): string;
}

export interface BenchWorld {
  readonly clock: Clock;
  sha256(text: string): string;
  readonly runs: BenchRuns;
  slot(url: string): InferenceSlot;
  /** The inference server of a run, or its judge. ConfigError when a key that the config names is missing. */
  inference(settings: BenchRunSettings, which: 'candidate' | 'judge'): Inference;
  /** Why a server may not be called; null when it may. */
  judgeUrl(settings: BenchRunSettings, url: string): Promise<{ readonly where: 'loopback' | 'remote' } | { readonly refused: string }>;
  corpus(version: string): Promise<OpenCorpus>;
  /** Every check of `bench corpus verify`: what does not hold, in words; empty when all of it does. */
  corpusMismatches(version: string): Promise<readonly string[]>;
  /** Null when there is no such fixture. */
  questions(name: string): Promise<OpenQa | null>;
  health(productionUrl: string): Promise<ProductionAnswer<ProductionHealth>>;
  pauseMarker(): PauseMarker;
  /** The last lease whose end was verified, and when that was. */
  lastResume(): { readonly token: number; readonly at: string } | null;
  /** Null when the guard answers, else what is wrong. */
  guardProblem(productionUrl: string): Promise<string | null>;
  freeDiskBytes(): number;
  systemLoad(): SystemLoad;
  host(): RunManifest['host'];
  loadAverages(): readonly [number, number];
  /** The state of models in the trust ledger; LakeCorruptError when its chain is broken. */
  trust(): Promise<StateOf>;
  importRun(path: string): Promise<BenchImport>;
}
