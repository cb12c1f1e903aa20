import { isOpen, type EngineRun } from '../../adapters/temporal/engine-runs.ts';
import type { RunView } from '../../schemas/run-view.ts';
import type { EngineView } from './engine-view.ts';
import { findRunId } from './find-run.ts';
import { lakeRunIds, readLakeRun, type LakeRun } from './lake-runs.ts';
import { viewRun } from './run-view.ts';

/** A run with what it was told from. */
export interface KnownRun {
  readonly view: RunView;
  readonly lake: LakeRun;
  readonly engine: EngineRun | undefined;
}

/** Every run that lake or engine know of, newest first. */
export async function knownRuns(workspace: string, view: EngineView): Promise<KnownRun[]> {
  const engineRuns = await view.runs();
  const ids = [...new Set([...lakeRunIds(workspace), ...engineRuns.map(({ runId }) => runId)])].sort().reverse();
  return Promise.all(ids.map((runId) => knownRun(workspace, view, runId, engineRuns)));
}

/** The run of an id or its unique beginning. UsageError when neither lake nor engine know one. */
export async function findRun(workspace: string, view: EngineView, given: string): Promise<KnownRun> {
  const engineRuns = await view.runs();
  return knownRun(
    workspace,
    view,
    findRunId([...new Set([...lakeRunIds(workspace), ...engineRuns.map(({ runId }) => runId)])], given),
    engineRuns,
  );
}

async function knownRun(workspace: string, view: EngineView, runId: string, engineRuns: readonly EngineRun[]): Promise<KnownRun> {
  const engine = engineRuns.find((run) => run.runId === runId);
  const observed = engine !== undefined && isOpen(engine) ? await view.observe(engine) : undefined;
  // Read last: a run that ends meanwhile leaves its record first.
  const lake = readLakeRun(workspace, runId);
  return { view: viewRun({ lake, engine, observed, engineState: view.state }), lake, engine };
}
