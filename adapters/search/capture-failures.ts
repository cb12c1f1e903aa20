import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { captureFailureSchema, type CaptureFailure } from '../../schemas/captured-row.ts';
import { writeWhole } from '../atomic-write.ts';
import { captureFailuresFile, captureFolder, PRIVATE } from './capture-places.ts';
import { linesBackwards } from './whole-lines.ts';

/** Adds a line to the failures of a workspace. Needs no lock: a system appends so little at once. */
export function appendCaptureFailure(workspace: string, failure: CaptureFailure): void {
  mkdirSync(captureFolder(workspace), { recursive: true, mode: PRIVATE.folder });
  const file = openSync(captureFailuresFile(workspace), 'a', PRIVATE.file);
  try {
    writeWhole(file, Buffer.from(`${JSON.stringify(failure)}\n`));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * The failures since a moment, the last first; undefined when nothing was ever captured, nor failed to be. A line that is none is passed over. Throws
 * what the file system says when it must not be read.
 */
export function captureFailuresSince(workspace: string, sinceMs: number): CaptureFailure[] | undefined {
  if (statSync(captureFolder(workspace), { throwIfNoEntry: false }) === undefined) return undefined;
  const failures: CaptureFailure[] = [];
  for (const line of linesBackwards(captureFailuresFile(workspace))) {
    const failure = readFailure(line);
    if (failure === undefined) continue;
    if (Date.parse(failure.ts) < sinceMs) break;
    failures.push(failure);
  }
  return failures;
}

function readFailure(line: Buffer): CaptureFailure | undefined {
  try {
    return captureFailureSchema.safeParse(JSON.parse(line.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
