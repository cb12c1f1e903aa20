import { WorkflowNotFoundError } from '@temporalio/client';
import { connectClient } from '../../adapters/temporal/connection.ts';
import { connectionOptionsForAddress, connectionOptionsFromEnvironment } from '../../adapters/temporal/connection-options.ts';
import { serverPlaces } from '../../adapters/temporal/server-places.ts';
import { readRunningServer } from '../../adapters/temporal/server-state.ts';
import { grpcCode } from '../../adapters/temporal/transient.ts';
import { EngineError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';

const LIMIT_MS = 3_000;

/** Whether the engine has a workflow of this id open. False where no engine answers: then nobody renews anything either. */
export async function findOpenWorkflow(io: Pick<Io, 'env'>, workspace: string, workflowId: string): Promise<boolean> {
  const address = readRunningServer(serverPlaces(workspace))?.address;
  const found = connectionOptionsFromEnvironment(io.env) ?? (address === undefined ? null : connectionOptionsForAddress(address));
  if (found === null) return false;
  try {
    const { client, connection } = await connectClient(found, { giveUpAfterMs: LIMIT_MS, attemptLimitMs: LIMIT_MS });
    try {
      const { status } = await client.withDeadline(Date.now() + LIMIT_MS, () => client.workflow.getHandle(workflowId).describe());
      return status.name === 'RUNNING' || status.name === 'PAUSED';
    } finally {
      await connection.close();
    }
  } catch (error) {
    // Not known there, refused, or no answer in time: in each case nobody is known to be at work.
    if (error instanceof EngineError || error instanceof WorkflowNotFoundError || grpcCode(error) !== null) return false;
    throw error;
  }
}
