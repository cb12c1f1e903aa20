import { auditFolderOf } from '../../adapters/audit-folder.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

/** Where calls that matter later are recorded: LAUTER_AUDIT_DIR unless it is blank, else `audit` in the workspace, or here where there is none. */
export function auditFolder(io: Io, options: PlaceOptions): string {
  return auditFolderOf(workspaceOrHere(io, options), io.env, io.cwd);
}

/** Publishing needs no workspace. */
function workspaceOrHere(io: Io, options: PlaceOptions): string {
  try {
    return workspaceFolder(io, options);
  } catch (error) {
    if (error instanceof UsageError) return io.cwd;
    throw error;
  }
}
