import { join } from 'node:path';

/** Folder of the captured searches of a workspace. */
export function captureFolder(workspace: string): string {
  return join(workspace, 'lake', 'captures');
}

/** File of the searches that could not be captured. */
export function captureFailuresFile(workspace: string): string {
  return join(captureFolder(workspace), 'failures.jsonl');
}

/** Modes of what is made here: what people searched for is nobody else's business on this machine. */
export const PRIVATE = { folder: 0o700, file: 0o600 } as const;
