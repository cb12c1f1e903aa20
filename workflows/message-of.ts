import { ActivityFailure } from '@temporalio/workflow';

/** What went wrong in an activity, without the engine's words around it. */
export function messageOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
