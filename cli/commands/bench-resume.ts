import { UsageError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';
import { unfinishedBenches, type UnfinishedBench } from '../bench/unfinished.ts';
import { withEngine } from '../engine-session.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { followRun } from './bench-run.ts';
import { followSweep } from './bench-sweep.ts';

export interface BenchResumeOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly keepServer?: boolean;
}

/** `lauter bench resume`: goes on with a run or sweep where it stopped; finished runs and calls are kept. */
export async function benchResume(io: Io, id: string | undefined, options: BenchResumeOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { config } = loadConfig(io, root, options);
  const unfinished = findUnfinished(root, id);
  return withEngine(io, { workspaceDir: root, config, keepServer: options.keepServer ?? false }, (session) => {
    const how = { giveUpAfterMs: config.engine.give_up_after_s * 1000, isJson: options.json === true };
    return unfinished.kind === 'sweep' ? followSweep(io, session, unfinished.input, how) : followRun(io, session, unfinished.input, how);
  });
}

/** The named run or sweep, or the newest that has not been measured to its end. UsageError when there is none. */
function findUnfinished(root: string, id: string | undefined): UnfinishedBench {
  const all = unfinishedBenches(root);
  if (id === undefined) {
    const [newest] = all;
    if (newest !== undefined) return newest;
    throw new UsageError(
      'going on with a bench: expected a run or sweep that has not ended, found none.',
      'Begin one with `lauter bench run` or `sweep`.',
    );
  }
  const found = all.find((known) => known.id === id);
  if (found !== undefined) return found;
  const near = nearestTo(
    id,
    all.map((known) => known.id),
  );
  throw new UsageError(
    `going on with ${id}: expected a run or sweep that has not ended, found none of that id.`,
    near === undefined ? 'Nothing is unfinished.' : `The nearest is ${near}.`,
  );
}
