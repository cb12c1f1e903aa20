import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, WorkflowNotFoundError } from '@temporalio/common';
import { ownIdentity, type ProcessIdentity } from '../adapters/process-identity.ts';
import { awaitResult } from '../adapters/temporal/retrying-result.ts';
import { queueOf } from '../worker/index.ts';
import { endAtOnce } from './end-at-once.ts';
import type { EngineSession } from './engine-session.ts';
import type { Io } from './io.ts';
import { startProgress, type ShownProgress } from './progress.ts';
import { RunFailed } from './run-failed.ts';
import { ownsWork, ownWork } from './run-owner.ts';

/** Work that is to be done, or that is done already by somebody else. */
export interface Work {
  /** Name of the workflow. */
  readonly workflow: string;
  readonly workflowId: string;
  /** What people call it. */
  readonly id: string;
  readonly input: object;
  /** Inference servers whose one place the work needs. */
  readonly slotQueues: readonly string[];
  readonly giveUpAfterMs: number;
  /** File that says whose the work of that id is. */
  readonly ownerPath: (id: string) => string;
  /** Called before work begins that nobody does yet; what it throws keeps it from beginning. */
  readonly beforeStart?: (() => void) | undefined;
  /** Called once it is known that this work is ours and new. */
  readonly onStarted: () => void;
  /** How far the work of that id has come. */
  readonly progress: (id: string) => ShownProgress | undefined;
  readonly words: WorkWords;
}

/** What people are told about work of a kind. */
export interface WorkWords {
  /** At the first interrupt of work that is ours. */
  readonly stopping: string;
  /** Behind "terminated". */
  readonly terminated: string;
  /** What to do when it failed or was cancelled, unless the failure itself knows. */
  readonly remedy: string;
}

/** How it ended, as far as this command is concerned. */
export type FollowedWork<Result> =
  { readonly ended: 'finished'; readonly result: Result; readonly id: string } | { readonly ended: 'detached'; readonly id: string };

/**
 * Starts the work, or attaches to what does the same, works on it in this process and waits for its end. An interrupt cancels it when it is ours, and the
 * command ends when that is done. One that is not ours is only left.
 */
export async function followWork<Result>(io: Io, session: EngineSession, work: Work): Promise<FollowedWork<Result>> {
  const { client, workspace } = session;
  if (work.beforeStart !== undefined && !(await isOpen(client, work.workflowId))) work.beforeStart();
  const handle = await client.workflow.start(work.workflow, {
    workflowId: work.workflowId,
    taskQueue: queueOf(workspace.id),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [work.input],
    memo: { work_id: work.id, starter: ownIdentity() },
  });
  const memo = ((await handle.describe()).memo ?? {}) as { work_id?: string; starter?: ProcessIdentity };
  const id = memo.work_id ?? work.id;
  const isNew = id === work.id && (memo.starter === undefined || isSame(memo.starter));
  const isOurs = isNew || ownsWork(work.ownerPath(id), memo.starter) !== 'another';
  if (isOurs) ownWork(work.ownerPath(id));
  if (isNew) work.onStarted();
  io.err(isNew ? `${id} started` : isOurs ? `${id} was left unfinished; going on with it` : `${id} is already going on; attached to it`);
  const worker = await session.work(work.slotQueues);
  const progress = startProgress(io, async () => work.progress(id));
  const detached = interruption(io, handle, { isOurs, stopping: work.words.stopping, say: progress.say });
  try {
    const result = awaitResult<Result>(client, handle.workflowId, undefined, {
      giveUpAfterMs: work.giveUpAfterMs,
      onWaiting: () => io.err('the Temporal server does not answer; waiting for it …'),
    });
    result.catch(() => undefined);
    const workerFailed = worker.stopped.then(() => new Promise<never>(() => undefined));
    const finished = result.then((value): FollowedWork<Result> => ({ ended: 'finished', result: value, id }));
    return await Promise.race([
      finished,
      detached.happened.then((): FollowedWork<Result> => ({ ended: 'detached', id })),
      workerFailed,
      session.lost,
    ]);
  } catch (error) {
    throw error instanceof WorkflowFailedError ? failureOf(error, id, work.words) : error;
  } finally {
    detached.stop();
    await progress.stop();
  }
}

async function isOpen(client: Client, workflowId: string): Promise<boolean> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function isSame(starter: ProcessIdentity): boolean {
  const own = ownIdentity();
  return starter.pid === own.pid && starter.started === own.started;
}

function failureOf(error: WorkflowFailedError, id: string, { remedy, terminated }: WorkWords): unknown {
  let { cause } = error as { cause?: unknown };
  // A failure of a child or an activity is told by what caused it.
  while (cause instanceof Error && !(cause instanceof ApplicationFailure) && cause.cause instanceof Error) cause = cause.cause;
  if (cause instanceof CancelledFailure) return new RunFailed(`${id}: cancelled`, remedy, 'Cancelled', '', null);
  if (cause instanceof TerminatedFailure) return new RunFailed(`${id}: terminated${terminated}`, remedy, 'Terminated', '', null);
  if (!(cause instanceof ApplicationFailure)) return error;
  const [detail] = (cause.details ?? []) as { remedy?: string; stack?: string }[];
  const type = cause.type ?? 'UnexpectedError';
  return new RunFailed(`${id}: ${cause.message}`, detail?.remedy || remedy, type, detail?.stack ?? cause.stack ?? '', null);
}

function interruption(
  io: Io,
  handle: WorkflowHandle,
  { isOurs, stopping, say }: { readonly isOurs: boolean; readonly stopping: string; say(line: string): void },
): { happened: Promise<void>; stop(): void } {
  let stop: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => {
    let count = 0;
    stop = io.onInterrupt(() => {
      count += 1;
      if (count > 1) {
        // What outlives us, such as the guard of a pause, does its part without us.
        endAtOnce();
        return;
      }
      if (!isOurs) {
        say('detaching …');
        resolve();
        return;
      }
      say(stopping);
      handle.cancel().catch(() => undefined);
    });
  });
  return { happened, stop: () => stop() };
}
