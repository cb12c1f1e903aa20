import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ownIdentity } from '../../adapters/process-identity.ts';
import type { PauseLease } from '../../schemas/pause-lease.ts';

/** A process that is certainly gone: ids end well below on every system. */
export const DEAD_PID = 2 ** 30;

/** A lease that began so many seconds ago and was renewed then, of a dead process of this host; with changes. */
export function leaseSince(secondsAgo: number, changes: Partial<PauseLease> = {}): PauseLease {
  const at = new Date(Date.now() - secondsAgo * 1000);
  return {
    schema: 'pause-lease/1',
    owner: 'run-20260302T064000Z-0badcafe-quay22',
    token: 3,
    production_url: 'http://127.0.0.1:9',
    host: hostname(),
    pid: DEAD_PID,
    started_at: at.toISOString(),
    ttl_s: 120,
    renewed_at: at.toISOString(),
    deadline_at: new Date(at.getTime() + 45 * 60_000).toISOString(),
    state: 'paused',
    ...changes,
  };
}

/** The part of a lease that says that this very process owns it. */
export function ownedByMe(): Pick<PauseLease, 'pid' | 'pid_started'> {
  const { pid, started } = ownIdentity();
  return { pid, pid_started: started };
}

/** Puts a marker into a workspace; a text as it stands. */
export function putMarker(workspace: string, marker: PauseLease | string): void {
  mkdirSync(join(workspace, 'locks'), { recursive: true });
  writeFileSync(join(workspace, 'locks', 'pause-lease.json'), typeof marker === 'string' ? marker : JSON.stringify(marker), {
    mode: 0o600,
  });
}
