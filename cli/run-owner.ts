import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJsonAtomically } from '../adapters/atomic-write.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from '../adapters/process-identity.ts';

/**
 * The command that a run belongs to: the one that started it, or that carried it on when the first was lost. `starter` is who started it, for
 * the moment in which the engine knows of the run already and its folder is not there yet.
 */
export function ownsRun(workspace: string, runId: string, starter?: ProcessIdentity): 'me' | 'another' | 'nobody' {
  return ownsWork(ownerPath(workspace, runId), starter);
}

/** Makes this process the owner of a run. */
export function ownRun(workspace: string, runId: string): void {
  ownWork(ownerPath(workspace, runId));
}

/** The same for work of any kind, whose owner stands in the file at `path`. */
export function ownsWork(path: string, starter?: ProcessIdentity): 'me' | 'another' | 'nobody' {
  const owner = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity) : starter;
  if (owner === undefined) return 'nobody';
  const own = ownIdentity();
  if (owner.pid === own.pid && owner.started === own.started) return 'me';
  return isAlive(owner) ? 'another' : 'nobody';
}

/** Makes this process the owner. */
export function ownWork(path: string): void {
  writeJsonAtomically(path, ownIdentity());
}

/** Where the owner of a run or sweep of the bench stands. */
export function benchOwnerPath(workspace: string, id: string): string {
  return join(workspace, 'lake', 'bench', 'owners', `${id}.json`);
}

/** Where the owner of a long evaluation stands. */
export function evalOwnerPath(workspace: string, id: string): string {
  return join(workspace, 'lake', 'eval', 'owners', `${id}.json`);
}

function ownerPath(workspace: string, runId: string): string {
  return join(workspace, 'lake', 'runs', runId, 'owner.json');
}
