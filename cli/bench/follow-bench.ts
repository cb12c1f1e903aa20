import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, WorkflowNotFoundError } from '@temporalio/common';
import { ownIdentity, type ProcessIdentity } from '../../adapters/process-identity.ts';
import { awaitResult } from '../../adapters/temporal/retrying-result.ts';
import { queueOf } from '../../worker/index.ts';
import { endAtOnce } from '../end-at-once.ts';
import type { EngineSession } from '../engine-session.ts';
import type { Io } from '../io.ts';
import { startProgress, type ShownProgress } from '../progress.ts';
import { RunFailed } from '../run-failed.ts';
import { benchOwnerPath, ownsWork, ownWork } from '../run-owner.ts';

/** Work of the bench that is to be done, or that is done already by somebody else. */
export interface BenchWork {
  readonly workflow: 'benchRun' | 'benchSweep';
  readonly workflowId: string;
  /** What people call it. */
  readonly id: string;
  readonly input: object;
  readonly slotQueue: string;
  readonly giveUpAfterMs: number;
  /** Called before work begins that nobody does yet; what it throws keeps it from beginning. */
  readonly beforeStart?: () => void;
  /** Called once it is known that this work is ours and new. */
  readonly onStarted: () => void;
  /** How far the work of that id has come. */
  readonly progress: (id: string) => ShownProgress | undefined;
}

/** How it ended, as far as this command is concerned. */
export type FollowedBench<Result> =
  { readonly ended: 'finished'; readonly result: Result; readonly id: string } | { readonly ended: 'detached'; readonly id: string };

/**
 * Starts the work, or attaches to what does the same, works on it in this process and waits for its end. An interrupt cancels it when it is ours: the
 * current call ends, production is resumed and verified, and only then does the command end. One that is not ours is only left.
 */
export async function followBench<Result>(io: Io, session: EngineSession, work: BenchWork): Promise<FollowedBench<Result>> {
  const { client, workspace } = session;
  const ownerPath = (id: string): string => benchOwnerPath(workspace.root, id);
  if (work.beforeStart !== undefined && !(await isOpen(client, work.workflowId))) work.beforeStart();
  const handle = await client.workflow.start(work.workflow, {
    workflowId: work.workflowId,
    taskQueue: queueOf(workspace.id),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [work.input],
    memo: { bench_id: work.id, starter: ownIdentity() },
  });
  const memo = ((await handle.describe()).memo ?? {}) as { bench_id?: string; starter?: ProcessIdentity };
  const id = memo.bench_id ?? work.id;
  const isNew = id === work.id && (memo.starter === undefined || isSame(memo.starter));
  const isOurs = isNew || ownsWork(ownerPath(id), memo.starter) !== 'another';
  if (isOurs) ownWork(ownerPath(id));
  if (isNew) work.onStarted();
  io.err(isNew ? `${id} started` : isOurs ? `${id} was left unfinished; going on with it` : `${id} is already going on; attached to it`);
  const worker = await session.work([work.slotQueue]);
  const progress = startProgress(io, async () => work.progress(id));
  const detached = interruption(io, handle, { isOurs, say: progress.say });
  try {
    const result = awaitResult<Result>(client, handle.workflowId, undefined, {
      giveUpAfterMs: work.giveUpAfterMs,
      onWaiting: () => io.err('the Temporal server does not answer; waiting for it …'),
    });
    result.catch(() => undefined);
    const workerFailed = worker.stopped.then(() => new Promise<never>(() => undefined));
    const finished = result.then((value): FollowedBench<Result> => ({ ended: 'finished', result: value, id }));
    return await Promise.race([
      finished,
      detached.happened.then((): FollowedBench<Result> => ({ ended: 'detached', id })),
      workerFailed,
      session.lost,
    ]);
  } catch (error) {
    throw error instanceof WorkflowFailedError ? failureOf(error, id) : error;
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

function failureOf(error: WorkflowFailedError, id: string): unknown {
  let { cause } = error as { cause?: unknown };
  // A failure of a child or an activity is told by what caused it.
  while (cause instanceof Error && !(cause instanceof ApplicationFailure) && cause.cause instanceof Error) cause = cause.cause;
  const remedy = 'Run `lauter bench resume` to go on.';
  if (cause instanceof CancelledFailure) return new RunFailed(`${id}: cancelled`, remedy, 'Cancelled', '', null);
  if (cause instanceof TerminatedFailure)
    return new RunFailed(`${id}: terminated; production is resumed by its guard`, remedy, 'Terminated', '', null);
  if (!(cause instanceof ApplicationFailure)) return error;
  return new RunFailed(`${id}: ${cause.message}`, remedy, cause.type ?? 'UnexpectedError', cause.stack ?? '', null);
}

function interruption(
  io: Io,
  handle: WorkflowHandle,
  { isOurs, say }: { readonly isOurs: boolean; say(line: string): void },
): { happened: Promise<void>; stop(): void } {
  let stop: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => {
    let count = 0;
    stop = io.onInterrupt(() => {
      count += 1;
      if (count > 1) {
        // The guard ends the pause without us.
        endAtOnce();
        return;
      }
      if (!isOurs) {
        say('detaching …');
        resolve();
        return;
      }
      say('stopping after the current call, then production is resumed; interrupt again to leave that to the guard …');
      handle.cancel().catch(() => undefined);
    });
  });
  return { happened, stop: () => stop() };
}
