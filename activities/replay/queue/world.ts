/** What a queue of replays needs of the world, as types; `worker/` wires adapters into them. */
import type { ReplayRun } from '../../../schemas/replay-run.ts';
import type { KeptCalls } from '../../ask-paid.ts';
import type { Budget } from '../../budget-ports.ts';
import type { ReplayQueueRun } from '../../replay-contract.ts';
import type { Corpus, ReplayModel, ReplayWorld } from '../replay-world.ts';

export interface ReplayQueueWorld {
  readonly replay: Omit<ReplayWorld, 'append'>;
  readonly files: {
    /** SourceError for a file that is not there, cannot be read or is not UTF-8. */
    readLines(
      path: string,
    ): Promise<{ readonly sha256: string; readonly lines: readonly { readonly line: number; readonly text: string }[] }>;
    /** What a run has done so far: documents in its folder, each there whole or not at all. */
    has(runId: string, name: string): boolean;
    read<Value>(runId: string, name: string): Value;
    write(runId: string, name: string, value: unknown): void;
  };
  readonly log: {
    bytes(): number;
    /** Durable once it resolves; nothing where a run of that id stands behind that byte of the log already. */
    append(run: ReplayRun, fromByte: number): Promise<void>;
  };
  budget(run: ReplayQueueRun): Budget;
  /** The playbooks of a run, of that export where it names no file of its own, else of the latest; null for the baseline. UsageError where there are none. */
  corpus(run: ReplayQueueRun, exported?: string): Promise<Corpus | null>;
  /** Throws while a bench has the server of that model. The engine tries again later, as often as it takes. */
  requireFreeServer(run: ReplayQueueRun, model: string): void;
  /** ConfigError when it is not declared, or lacks what it needs. An answer that a bench stands in the way of rejects as the above throws. */
  model(
    run: ReplayQueueRun,
    name: string,
    asked: { readonly kept: KeptCalls; readonly budget: Budget; readonly scope: string },
  ): Promise<ReplayModel>;
}
