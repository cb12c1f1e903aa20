import { isGrpcServiceError, WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { DistillInput, DistillResult } from '../activities/contract.ts';
import { ownIdentity, type ProcessIdentity } from '../adapters/process-identity.ts';
import { awaitResult } from '../adapters/temporal/retrying-result.ts';
import type { RunStart } from '../schemas/run-start.ts';
import { RunFailed } from './run-failed.ts';
import { queueOf } from '../worker/index.ts';
import type { RunProgress } from '../workflows/run-control.ts';
import type { EngineSession } from './engine-session.ts';
import type { Io } from './io.ts';
import { ownRun, ownsRun } from './run-owner.ts';
import { writeRunStart } from './runs/lake-runs.ts';
import { startProgress, type ProgressView } from './progress.ts';
import { endAtOnce } from './end-at-once.ts';

/** How a followed run ended, as far as this command is concerned. */
export type Followed =
  | { readonly ended: 'finished'; readonly result: DistillResult }
  | { readonly ended: 'cancelled'; readonly runId: string }
  | { readonly ended: 'interrupted'; readonly runId: string; readonly isOurs: boolean };

/**
 * Starts the run, or attaches to the one that does the same work, works on it in this process and waits for its end.
 * An interrupt stops it resumably when it is ours, and only detaches when it is not.
 */
export async function followRun(
  io: Io,
  session: EngineSession,
  input: DistillInput,
  options: { readonly giveUpAfterMs: number },
): Promise<Followed> {
  const { client, workspace } = session;
  const handle = await client.workflow.start('distill', {
    workflowId: input.workflow_id,
    taskQueue: queueOf(workspace.id),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    memo: { run_id: input.run_id, starter: ownIdentity() },
  });
  const memo = ((await handle.describe()).memo ?? {}) as { run_id?: string; starter?: ProcessIdentity };
  const runId = memo.run_id ?? input.run_id;
  const isOurs = runId === input.run_id || ownsRun(workspace.root, runId, memo.starter) !== 'another';
  if (isOurs) ownRun(workspace.root, runId);
  if (runId === input.run_id) writeRunStart(workspace.root, startOf(io, input));
  const worker = await session.work();
  if (runId !== input.run_id) {
    io.err(isOurs ? `run ${runId} was left unfinished; going on with it` : `run ${runId} is already going on; attached to it`);
    if (isOurs) await handle.signal('adopt');
  } else io.err(`run ${runId} started`);
  const progress = startProgress(io, () => queryProgress(handle));
  const interrupt = interruption(io, client, handle, runId, isOurs, progress);
  try {
    const result = awaitResult<DistillResult>(client, handle.workflowId, undefined, {
      giveUpAfterMs: options.giveUpAfterMs,
      onWaiting: () => io.err('the Temporal server does not answer; waiting for it …'),
    });
    // When we are interrupted nobody looks at the result any more.
    result.catch(() => undefined);
    const workerFailed = worker.stopped.then(() => new Promise<never>(() => undefined));
    return await Promise.race([result.then((value): Followed => ({ ended: 'finished', result: value })), interrupt.happened, workerFailed]);
  } catch (error) {
    if (error instanceof WorkflowFailedError) return failedOrCancelled(error, runId);
    throw error;
  } finally {
    interrupt.stop();
    await progress.stop();
  }
}

function startOf({ cwd, args = [] }: Io, { run_id, workflow_id, started_at }: DistillInput): RunStart {
  return { schema: 'run-start/1', run_id, workflow_id, started_at, cwd, command: [...args] };
}

function failedOrCancelled(error: WorkflowFailedError, runId: string): Followed {
  const { cause } = error;
  if (cause instanceof CancelledFailure) return { ended: 'cancelled', runId };
  if (!(cause instanceof ApplicationFailure)) throw error;
  const [detail] = (cause.details ?? []) as { remedy?: string; stack?: string }[];
  throw new RunFailed(cause.message, detail?.remedy ?? '', cause.type ?? 'UnexpectedError', detail?.stack ?? '', runId);
}

async function queryProgress(handle: WorkflowHandle): Promise<RunProgress | undefined> {
  try {
    return await handle.query<RunProgress>('progress');
  } catch (error) {
    // Before the first task is done there is nothing to ask, and without a server nobody to ask.
    if (isGrpcServiceError(error) || (error instanceof Error && /query/i.test(error.name + error.message))) return undefined;
    throw error;
  }
}

function interruption(
  io: Io,
  client: Client,
  handle: WorkflowHandle,
  runId: string,
  isOurs: boolean,
  progress: ProgressView,
): { happened: Promise<Followed>; stop(): void } {
  let stop: () => void = () => undefined;
  const happened = new Promise<Followed>((resolve) => {
    let count = 0;
    stop = io.onInterrupt(() => {
      count += 1;
      if (count > 1) {
        endAtOnce();
        return;
      }
      progress.say(isOurs ? 'stopping after the current step; interrupt again to stop at once …' : 'detaching …');
      const ended: Followed = { ended: 'interrupted', runId, isOurs };
      if (!isOurs) resolve(ended);
      else {
        client
          .withDeadline(Date.now() + 5_000, () => handle.signal('pause', 'interrupt'))
          .catch(() => undefined)
          .finally(() => resolve(ended));
      }
    });
  });
  return { happened, stop: () => stop() };
}
