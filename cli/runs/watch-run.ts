import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '../../adapters/temporal/transient.ts';
import type { RunView } from '../../schemas/run-view.ts';
import { ownsRun } from '../run-owner.ts';
import type { EngineView } from './engine-view.ts';
import { findRun, type KnownRun } from './known-runs.ts';
import { readLakeRun } from './lake-runs.ts';
import { ENDED, viewRun } from './run-view.ts';

export interface WatchOptions {
  readonly everyMs: number;
  /** How long nobody may be found at the run before it counts as interrupted: a server that died is started again by the run's command. */
  readonly patienceMs: number;
  readonly stop: AbortSignal;
}

/** How a run is, again and again, until it ends or is left by its command. Ends early, without another view, when told to stop. */
export async function* watchRun(
  workspace: string,
  engine: EngineView,
  runId: string,
  { everyMs, patienceMs, stop }: WatchOptions,
): AsyncGenerator<RunView> {
  let leftSince: number | undefined;
  while (!stop.aborted) {
    const { view } = await look(workspace, engine, runId);
    const isLeft = view.state === 'interrupted' && ownsRun(workspace, runId) !== 'another';
    leftSince = isLeft ? (leftSince ?? Date.now()) : undefined;
    const isOver =
      ENDED.has(view.state) || view.paused_by === 'interrupt' || (leftSince !== undefined && Date.now() - leftSince >= patienceMs);
    // What may be an outage of seconds is no news yet.
    if (isOver || view.state !== 'interrupted') yield view;
    if (isOver) return;
    await sleep(everyMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function look(workspace: string, engine: EngineView, runId: string): Promise<Pick<KnownRun, 'view'>> {
  try {
    return await findRun(workspace, engine, runId);
  } catch (error) {
    if (!isOutage(error)) throw error;
    return { view: viewRun({ lake: readLakeRun(workspace, runId), engineState: 'silent' }) };
  }
}
