import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { connectClient } from '../../adapters/temporal/connection.ts';
import { connectionOptionsForAddress } from '../../adapters/temporal/connection-options.ts';
import { serverStatus } from '../../adapters/temporal/embedded-server.ts';
import type { RunProgress } from '../../workflows/run-control.ts';

/** Speaks to the server of a workspace while `use` runs. */
export async function withClient<Result>(workspace: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const { last } = await serverStatus(workspace);
  if (last === null) throw new Error(`no server was ever started for ${workspace}`);
  const { client, connection } = await connectClient(connectionOptionsForAddress(last.address));
  try {
    return await use(client);
  } finally {
    await connection.close();
  }
}

/** The refinery run that is going on in a workspace. */
export async function runningRun(client: Client): Promise<WorkflowHandle> {
  for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
    return client.workflow.getHandle(workflowId);
  throw new Error('expected a run in progress, found none');
}

export function progressOf(run: WorkflowHandle): Promise<RunProgress> {
  return run.query<RunProgress>('progress');
}

const PATIENCE_MS = 120_000;

/** Asks again until the answer is as wanted; rejects with the last answer when that takes minutes. */
export async function until<Answer>(ask: () => Answer | Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (performance.now() > deadline)
      throw new Error(`waited ${PATIENCE_MS / 1000} s in vain; the last answer was ${JSON.stringify(answer)}`);
    await sleep(10);
  }
}

/** Process id of a workspace's server; null while none runs. */
export async function serverPid(workspace: string): Promise<number | null> {
  const { state, last } = await serverStatus(workspace);
  return state === 'stopped' || last === null ? null : last.pid;
}
