import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { identifyProcess } from '../process-identity.ts';

/** Temporal's number for the workflow side of a task queue. */
const WORKFLOW_QUEUE = 1;

/**
 * Who works on a task queue, as `process@host`. The server remembers a worker for five minutes after its last call; of those on this host
 * only the living count.
 */
export async function workersOf(client: Pick<Client, 'workflowService' | 'options'>, taskQueue: string): Promise<string[]> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: WORKFLOW_QUEUE,
  });
  return [...new Set((pollers ?? []).map(({ identity }) => identity ?? ''))].filter(mayLive).sort();
}

/** The SDK names a worker `<process id>@<host>` unless told otherwise. */
function mayLive(identity: string): boolean {
  const [pid, host] = identity.split('@');
  return host !== hostname() || identifyProcess(Number(pid)) !== null;
}
