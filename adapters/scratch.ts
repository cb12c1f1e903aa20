import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identifyProcess, identityKey, ownIdentity } from './process-identity.ts';

const MARK = '.tmp~';

/** A name that tells which process it belongs to, for a file or folder that is to be renamed or removed. */
export function temporaryName(): string {
  return `${MARK}${identityKey(ownIdentity())}~${randomBytes(6).toString('hex')}`;
}

/** Makes a scratch folder below `root`. */
export function makeScratch(root: string): string {
  const path = join(root, temporaryName());
  mkdirSync(path, { recursive: true });
  return path;
}

/** Removes what processes that are gone left behind below `root`: at any depth, or at its top only. Returns the paths. */
export function sweepTemporaries(root: string, reach: Reach = 'any depth'): string[] {
  const stale = findStaleTemporaries(root, reach);
  for (const path of stale) rmSync(path, { recursive: true, force: true });
  return stale;
}

/** How far below a folder to look. */
type Reach = 'top' | 'any depth';

/** Files and folders that processes which are gone left behind below `root`. */
export function findStaleTemporaries(root: string, reach: Reach = 'any depth'): string[] {
  return listOrNone(root).flatMap((entry) => {
    const path = join(root, entry.name);
    if (entry.name.startsWith(MARK)) return ownerIsRunning(entry.name) ? [] : [path];
    return entry.isDirectory() && reach === 'any depth' ? findStaleTemporaries(path) : [];
  });
}

function ownerIsRunning(name: string): boolean {
  const key = name.slice(MARK.length).split('~')[0] ?? '';
  const owner = identifyProcess(Number.parseInt(key, 10));
  return owner !== null && identityKey(owner) === key;
}

function listOrNone(root: string) {
  try {
    return readdirSync(root, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
