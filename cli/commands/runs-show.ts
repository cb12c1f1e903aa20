import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { withEngineView } from '../runs/engine-view.ts';
import { findRun } from '../runs/known-runs.ts';
import { showRun } from '../runs/show-run.ts';
import { tellRun } from '../runs/tell-run.ts';

export interface RunsShowOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter runs show ID`: one run in full, without starting a server for it. */
export async function runsShow(io: Io, id: string, options: RunsShowOptions, look = withEngineView): Promise<ExitCode> {
  const workspace = existingWorkspace(io, options);
  return look(io, workspace, async (engine) => {
    const shown = showRun(await findRun(workspace.root, engine, id), workspace.root, { ...options, cwd: io.cwd });
    io.out(options.json === true ? JSON.stringify(shown, null, 2) : tellRun(shown));
    return EXIT.accepted;
  });
}
