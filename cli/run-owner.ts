import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJsonAtomically } from '../adapters/atomic-write.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from '../adapters/process-identity.ts';

/** The command that a run belongs to: the one that started it, or that carried it on when the first was lost. */
export function ownsRun(workspace: string, runId: string): 'me' | 'another' | 'nobody' {
  const path = ownerPath(workspace, runId);
  if (!existsSync(path)) return 'nobody';
  const owner = JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  const own = ownIdentity();
  if (owner.pid === own.pid && owner.started === own.started) return 'me';
  return isAlive(owner) ? 'another' : 'nobody';
}

/** Makes this process the owner of a run. */
export function ownRun(workspace: string, runId: string): void {
  writeJsonAtomically(ownerPath(workspace, runId), ownIdentity());
}

function ownerPath(workspace: string, runId: string): string {
  return join(workspace, 'lake', 'runs', runId, 'owner.json');
}
