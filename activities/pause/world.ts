/** What the activities of a pause need of the world, as types; `worker/` wires adapters into them. */
import type { PauseLease, PauseMarker, PauseTokens } from '../../schemas/pause-lease.ts';
import type { ProductionAnswer, ProductionHealth, ProductionPause, ProductionResume } from '../../schemas/production-contract.ts';
import type { Clock } from '../ports.ts';
import type { OwnerProcess } from '../pause-contract.ts';

/** The production system. Calls answer with what happened; none of them throws. */
export interface Production {
  pause(): Promise<ProductionAnswer<ProductionPause>>;
  resume(): Promise<ProductionAnswer<ProductionResume>>;
  health(): Promise<ProductionAnswer<ProductionHealth>>;
}

/** What is to become of marker and tokens; what is left out stays. */
export interface LeaseChange<Result> {
  readonly result: Result;
  readonly marker?: { readonly put: PauseLease } | 'remove' | 'move aside';
  readonly tokens?: PauseTokens;
}

/** The marker of the workspace, with the tokens given out so far. */
export interface Leases {
  readonly path: string;
  read(): PauseMarker;
  tokens(): PauseTokens;
  /** Reads, decides and writes with nobody in between; durable when it returns. */
  change<Result>(decide: (marker: PauseMarker, tokens: PauseTokens) => LeaseChange<Result>): Promise<Result>;
}

/** What ending a pause needs. */
export interface PauseWorld {
  readonly clock: Clock;
  readonly leases: Leases;
  production(url: string): Production;
}

export interface OwnerWorld extends PauseWorld {
  readonly process: OwnerProcess;
  /** Makes sure that a guard answers. */
  startGuard(productionUrl: string): Promise<{ readonly queue: string; readonly pid: number }>;
}

export interface GuardWorld extends PauseWorld {
  /** One end of a pause at a time: a resume that is still under way must not hit the next lease. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  sleep(durationMs: number): Promise<void>;
  /** True when the process is about to end and must not take on anything new. */
  isEnding(): boolean;
}
