import type { RunsList } from '../../schemas/runs-list.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { withEngineView } from '../runs/engine-view.ts';
import { knownRuns } from '../runs/known-runs.ts';
import { tellRuns } from '../runs/tell-runs.ts';

export interface RunsListOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter runs list`: what lake and engine know of, without starting a server for it. */
export async function runsList(io: Io, options: RunsListOptions, look = withEngineView): Promise<ExitCode> {
  const workspace = existingWorkspace(io, options);
  return look(io, workspace, async (engine) => {
    const runs = (await knownRuns(workspace.root, engine)).map(({ view }) => view);
    const list: RunsList = {
      schema: 'runs-list/1',
      workspace: workspace.root,
      engine: { state: engine.state, address: engine.address },
      runs,
    };
    io.out(options.json === true ? JSON.stringify(list, null, 2) : tellRuns(runs, Date.now()));
    return EXIT.accepted;
  });
}
