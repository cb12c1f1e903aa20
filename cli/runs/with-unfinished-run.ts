import type { EngineRun } from '../../adapters/temporal/engine-runs.ts';
import { isOpen } from '../../adapters/temporal/engine-runs.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { RunView } from '../../schemas/run-view.ts';
import { commandFor } from '../command-line.ts';
import { withEngine, type EngineSession } from '../engine-session.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { engineViewOf, type EngineView } from './engine-view.ts';
import { findRunId } from './find-run.ts';
import { findRun, type KnownRun } from './known-runs.ts';
import { lakeRunIds, readLakeRun, type LakeRun } from './lake-runs.ts';
import { ENDED, viewRun } from './run-view.ts';

/** A run that has not ended, with an engine to act on it. */
export interface UnfinishedRun {
  readonly session: EngineSession;
  readonly engine: EngineView;
  readonly workspace: string;
  readonly config: Config;
  readonly run: RunView;
  readonly lake: LakeRun;
  /** Undefined when the engine has lost the run. */
  readonly open: EngineRun | undefined;
}

/**
 * Finds the run and hands it on with a session, for which the embedded server is started when none is up. `acting` names the deed in a refusal.
 * UsageError for an unknown run, and for one that has ended, which needs no server to be told.
 */
export async function withUnfinishedRun<Result>(
  io: Io,
  request: { readonly id: string; readonly acting: string; readonly options: PlaceOptions },
  use: (unfinished: UnfinishedRun) => Promise<Result>,
  open = withEngine,
): Promise<Result> {
  const { root } = existingWorkspace(io, request.options);
  const { config } = loadConfig(io, root, request.options);
  const runId = findRunId(lakeRunIds(root), request.id);
  const refuseEnded = ({ state, run_id }: RunView): void => {
    if (ENDED.has(state)) throw endedRun(request.acting, run_id, state, commandFor(`runs show ${run_id}`, request.options));
  };
  refuseEnded(viewRun({ lake: readLakeRun(root, runId), engineState: 'stopped' }));
  return open(io, { workspaceDir: root, config }, async (session) => {
    const engine = engineViewOf(session.client, session.workspace.id, session.address);
    const known: KnownRun = await findRun(root, engine, runId);
    refuseEnded(known.view);
    const isKnown = known.engine !== undefined && isOpen(known.engine);
    return use({ session, engine, workspace: root, config, run: known.view, lake: known.lake, open: isKnown ? known.engine : undefined });
  });
}

function endedRun(acting: string, runId: string, state: string, show: string): UsageError {
  return new UsageError(`${acting} run ${runId}: expected one that has not ended, found it ${state}.`, `\`${show}\` tells more.`);
}
