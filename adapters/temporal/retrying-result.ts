import type { Client } from '@temporalio/client';
import { EngineError } from '../../domain/shared/errors.ts';
import { tryRepeatedly } from './backoff.ts';
import type { Backoff } from './backoff.ts';
import { isOutage } from './transient.ts';

/** The part of a client that waiting for a result needs. */
export type ResultClient = Pick<Client, 'workflow' | 'withDeadline'>;

/**
 * The result of a workflow, however often the server goes away meanwhile: the SDK gives up on a pending result after some 18 s without a
 * server although the workflow is unharmed. EngineError when one outage lasts longer than `giveUpAfterMs`. What the workflow itself fails
 * with is passed on as the SDK throws it.
 */
export async function awaitResult<T>(client: ResultClient, workflowId: string, runId: string | undefined, backoff: Backoff): Promise<T> {
  for (;;) {
    try {
      return (await client.workflow.getHandle(workflowId, runId).result()) as T;
    } catch (error) {
      if (!isOutage(error)) throw error;
      await untilServerAnswers(client, workflowId, runId, backoff, error);
    }
  }
}

async function untilServerAnswers(
  client: ResultClient,
  workflowId: string,
  runId: string | undefined,
  backoff: Backoff,
  first: unknown,
): Promise<void> {
  backoff.onWaiting?.({ reason: first instanceof Error ? first.message : String(first), elapsedMs: 0 });
  const ask = () => client.withDeadline(Date.now() + 5_000, () => client.workflow.getHandle(workflowId, runId).describe());
  try {
    await tryRepeatedly(ask, isOutage, backoff);
  } catch (error) {
    if (!isOutage(error)) throw error;
    throw new EngineError(
      `waiting for the result, on workflow ${workflowId}: expected the server to come back within ${Math.round(backoff.giveUpAfterMs / 1000)} s, ` +
        `found it unreachable (${error instanceof Error ? error.message : String(error)}).`,
      'Nothing is lost: run the same command again, and it attaches to the work in progress.',
      { workflow_id: workflowId },
      error,
    );
  }
}
