import { setTimeout as sleep } from 'node:timers/promises';
import { isOpen } from '../../adapters/temporal/engine-runs.ts';
import { now } from '../../adapters/clock.ts';
import type { Io } from '../io.ts';
import { findRun, type KnownRun } from './known-runs.ts';
import { writeRunRecord } from './lake-runs.ts';
import type { UnfinishedRun } from './with-unfinished-run.ts';

const LOOK_MS = 250;

/**
 * Cancels a run and waits until it is closed, which takes a worker: when none answers for the run, one is started in this process. A run that
 * does not close in time is ended by force. Afterwards its record stands in the lake, written here when nobody else could. Null when told to
 * stop waiting; the run then ends as soon as somebody works on it.
 */
export async function cancelRun(
  io: Io,
  { session, engine, workspace, config, run, open }: UnfinishedRun,
  stop: AbortSignal,
): Promise<KnownRun | null> {
  if (open !== undefined) {
    const handle = session.client.workflow.getHandle(open.workflowId);
    await handle.cancel();
    // An attempt whose worker has died is given up only when its heartbeats have been missing that long.
    const limitMs = (config.engine.give_up_after_s + config.engine.heartbeat_timeout_s) * 1000;
    const look = (): Promise<KnownRun> => findRun(workspace, engine, run.run_id);
    const isClosed = await closesInTime(limitMs, look, () => startWorker(io, session), stop);
    if (stop.aborted) return null;
    if (!isClosed) await handle.terminate('cancelled; it did not close by itself in time');
  }
  const closed = await findRun(workspace, engine, run.run_id);
  if (closed.lake.record !== null) return closed;
  writeRunRecord(workspace, {
    schema: 'run-record/1',
    run_id: run.run_id,
    workflow_id: run.workflow_id ?? '',
    state: 'cancelled',
    started_at: run.started_at ?? now(),
    ended_at: now(),
    detail: open === undefined ? 'cancelled after the engine had lost it' : 'cancelled by force',
    sources: run.sources,
  });
  return findRun(workspace, engine, run.run_id);
}

async function closesInTime(
  limitMs: number,
  look: () => Promise<KnownRun>,
  startWorkerOnce: () => Promise<void>,
  stop: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  let hasWorker = false;
  while (!stop.aborted) {
    const { view, engine } = await look();
    if (engine === undefined || !isOpen(engine)) return true;
    if (performance.now() > deadline) return false;
    if (view.worked_on === false && !hasWorker) {
      hasWorker = true;
      await startWorkerOnce();
    }
    await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return false;
}

async function startWorker(io: Io, session: UnfinishedRun['session']): Promise<void> {
  io.err('nobody works on the run; letting it end in this process …');
  const worker = await session.work();
  // Should it fail, the run stays open, which is looked after here.
  worker.stopped.catch(() => undefined);
}
