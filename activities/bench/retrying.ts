import { ApplicationFailure, Context } from '@temporalio/activity';
import type { ModelCall } from './world.ts';

/** A call that brought no answer. */
export type FailedCall = Extract<ModelCall<unknown>, { state: 'failed' }>;

/** Between two calls: what is finished is kept, what is not begun is not begun. */
export function throwIfCancelled(): void {
  const { cancellationSignal } = Context.current();
  if (cancellationSignal.aborted) throw cancellationSignal.reason;
}

/** True when nobody would make the calls of this attempt again. */
export function isLastAttempt(): boolean {
  const { attempt, retryPolicy } = Context.current().info;
  return attempt >= (retryPolicy?.maximumAttempts ?? 1);
}

/** The failure that has the rest of a batch done again, not before the server wants it. */
export function tryAgain(failed: readonly FailedCall[]): ApplicationFailure {
  const waits = failed.flatMap(({ retryAfterMs }) => (retryAfterMs === null ? [] : [retryAfterMs]));
  return ApplicationFailure.create({
    type: 'ModelCallFailed',
    message: `${failed.length} calls brought no answer: ${[...new Set(failed.map(({ kind }) => kind))].join(', ')}`,
    ...(waits.length === 0 ? {} : { nextRetryDelay: Math.min(MAX_WAIT_MS, Math.max(...waits)) }),
  });
}

/** A server that wants to be left alone for longer is not worth the pause of production. */
const MAX_WAIT_MS = 120_000;
