/** What spending money needs of the world, as types. Whoever calls a served model asks here first. */
import type { BudgetLane } from '../schemas/vocabulary.ts';

/** The most that one call may use. */
export interface PlannedCall {
  readonly lane: BudgetLane;
  /** As the server knows it; what the price is looked up by. */
  readonly model: string;
  readonly mostInputTokens: number;
  readonly mostOutputTokens: number;
}

/** What the provider says that a call used; null where it does not say. */
export interface ReportedUsage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** Money that is set aside for one call. Settled exactly once; one that never is stays counted in full. */
export interface Reservation {
  /** What it can be resumed by; null for a call that costs nothing. */
  readonly id: string | null;
  readonly reservedUsd: number;
  /** What `settle` would come to. */
  costUsd(usage: ReportedUsage | 'no-call'): number;
  /** What the call cost: by its usage, or all that was reserved where the usage is not known. `no-call` gives everything back. */
  settle(usage: ReportedUsage | 'no-call'): Promise<number>;
}

/** A call that is not made: which cap it would break. */
export interface RefusedCall {
  readonly refused: 'run' | 'day';
  readonly capUsd: number;
  readonly spentUsd: number;
  readonly wantedUsd: number;
}

/**
 * The budget of one run. Everything that any process of the workspace has reserved or settled counts. `reserve` rejects with a ConfigError that names
 * the model and the line to add where a model has no price; a model whose price is 0 is never written down.
 */
export interface Budget {
  readonly runId: string;
  reserve(call: PlannedCall): Promise<Reservation | RefusedCall>;
  /** A reservation of whatever run, by its id, after the process that made it died. Settling one that is settled already changes nothing. */
  resume(id: string | null, call: PlannedCall): Reservation;
  /** What the run has spent and set aside so far, in US dollars. */
  spentUsd(): Promise<number>;
}

/** What came of a call that was paid for: `no-call` where it surely never reached the server, null where nobody knows what it used. */
export interface MadeCall<Reply> {
  readonly reply: Reply;
  readonly usage: ReportedUsage | 'no-call' | null;
}

/**
 * Makes one call of a served model once money is set aside for it, and settles that afterwards. Instead of making the call it rejects with an
 * OverBudgetError where a cap forbids it, and with a ConfigError where the model has no price. A call that is repeated is paid for again.
 */
export type PayForCall = <Reply>(call: PlannedCall, make: () => Promise<MadeCall<Reply>>) => Promise<Reply>;
