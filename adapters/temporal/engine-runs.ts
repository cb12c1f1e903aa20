import type { Client, WorkflowExecutionStatusName } from '@temporalio/client';

/** One run as the engine knows it. */
export interface EngineRun {
  readonly runId: string;
  readonly workflowId: string;
  readonly status: WorkflowExecutionStatusName;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/**
 * The runs of a task queue that the engine has not forgotten: one for each `run_id` that its workflows carry as a memo. A run that went on as
 * new is several executions; the one that is open counts, else the latest.
 */
export async function listEngineRuns(client: Pick<Client, 'workflow'>, taskQueue: string): Promise<EngineRun[]> {
  const runs = new Map<string, EngineRun>();
  for await (const { memo, workflowId, status, startTime, closeTime } of client.workflow.list({ query: `TaskQueue = '${taskQueue}'` })) {
    const runId = memo?.['run_id'];
    if (typeof runId !== 'string') continue;
    const run: EngineRun = {
      runId,
      workflowId,
      status: status.name,
      startedAt: startTime.toISOString(),
      endedAt: closeTime?.toISOString() ?? null,
    };
    const known = runs.get(runId);
    if (known === undefined || isLater(run, known)) runs.set(runId, run);
  }
  return [...runs.values()];
}

/** True while the engine has not closed the run. */
export function isOpen({ status }: EngineRun): boolean {
  // An execution that continued as new is only the latest one for the moment until its successor is listed.
  return status === 'RUNNING' || status === 'PAUSED' || status === 'CONTINUED_AS_NEW';
}

function isLater(run: EngineRun, known: EngineRun): boolean {
  if ((run.status === 'RUNNING') !== (known.status === 'RUNNING')) return run.status === 'RUNNING';
  return run.startedAt > known.startedAt;
}
