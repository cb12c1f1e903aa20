import type { CallErrorKind } from '../schemas/vocabulary.ts';

/** When a call began and how long it took, in milliseconds. */
export interface CallTiming {
  /** Since 1970. */
  readonly startTsMs: number;
  readonly totalMs: number;
}

/** A call that brought an answer. */
export interface Answered<Value> {
  readonly state: 'answered';
  readonly value: Value;
  readonly status: number;
  readonly timing: CallTiming;
}

/** A call that brought none. It is a result and no exception: it becomes a row of the run, whoever decides to call again. */
export interface CallFailure {
  readonly state: 'failed';
  readonly kind: CallErrorKind;
  /** What went wrong, without a word of request or reply. */
  readonly detail: string;
  readonly status: number | null;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs: number | null;
  /** Where the server wanted to send the call, which nobody follows; without user and query. */
  readonly redirectUrl: string | null;
  /** True when surely nothing of the call reached a server: nobody can have done it, or want money for it. */
  readonly isUnsent?: boolean | undefined;
  readonly timing: CallTiming;
}

export type CallOutcome<Value> = Answered<Value> | CallFailure;

/** What every call is bound by. */
export interface CallLimits {
  /** For all of it: finding the host, connecting, waiting, and reading the body to its end. */
  readonly timeoutMs: number;
  /** Breaks the call off; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Sent along as `x-request-id`, by which a server's log can be compared with ours. */
  readonly requestId?: string | undefined;
}
