import { readWorkspace } from '../adapters/files/workspace.ts';
import { UsageError } from '../domain/shared/errors.ts';
import type { Io } from './io.ts';
import { workspaceFolder, type PlaceOptions } from './places.ts';

/** A workspace that is looked at, not joined. */
export interface ExistingWorkspace {
  readonly root: string;
  readonly id: string;
}

/** The workspace that the options name. UsageError when there is none: a command that only looks makes none. */
export function existingWorkspace(io: Io, options: PlaceOptions): ExistingWorkspace {
  const root = workspaceFolder(io, options);
  const workspace = readWorkspace(root);
  if (workspace !== undefined) return { root, id: workspace.id };
  throw new UsageError(
    `looking for the workspace ${root}: expected a workspace.json in it, found none.`,
    'Name another folder with --workspace DIR, or make one with `lauter init` or a first `lauter distill run-all`.',
  );
}
