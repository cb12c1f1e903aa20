import { existsSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { openNewLease, renewOpenLease } from '../../activities/pause/leases.ts';
import { findGuard } from '../../adapters/pause/guard-beat.ts';
import { openLeaseFile } from '../../adapters/pause/lease-file.ts';
import { guardPlaces } from '../../adapters/pause/pause-places.ts';
import { productionKey } from '../../adapters/production/production-url.ts';
import { ownIdentity } from '../../adapters/process-identity.ts';
import type { PauseLease } from '../../schemas/pause-lease.ts';
import { startPauseGuard, type GuardPlace } from '../../worker/pause-owner.ts';
import { until } from './engine-client.ts';
import { LAUTER } from './run-lauter.ts';
import { makeFolder } from './temporary-folder.ts';

/** The guard as it was built. */
export const GUARD_PROGRAM = join(dirname(dirname(LAUTER)), 'worker/pause-guard/main.js');

/** A workspace with a guard for one production system, without any engine. */
export interface GuardedPlace {
  readonly workspace: string;
  /** Starts the guard, or finds it at work; its process id. */
  startGuard(): Promise<number>;
  /** Opens a lease as an owner would that is this very process. */
  openLease(times: { readonly ttlS: number; readonly maxPauseS?: number }): Promise<PauseLease>;
  renew(token: number): Promise<void>;
  readonly leases: ReturnType<typeof openLeaseFile>;
  guardState(): ReturnType<typeof findGuard>['state'];
  /** What the guard's process printed. */
  log(): string;
  /** Resolves when no guard is there any more. */
  guardGone(): Promise<void>;
  /** Ends the guard, whatever it does, and removes everything. */
  clear(): Promise<void>;
}

/** Makes such a place. The guard looks often, so that tests are short. */
export function makeGuardedPlace(productionUrl: string, settings: GuardPlace['settings'] = {}): GuardedPlace {
  const workspace = makeFolder();
  const places = guardPlaces(workspace, productionKey(productionUrl));
  const leases = openLeaseFile(workspace);
  const place: GuardPlace = {
    workspace,
    workspaceId: 'quay',
    env: { PATH: process.env['PATH'] },
    program: [GUARD_PROGRAM],
    settings: { idle_s: 30, ttl_s: 2, poll_ms: 50, ...settings },
  };
  const guardGone = async (): Promise<void> => {
    await until(
      () => findGuard(places).state,
      (state) => state === 'gone',
    );
  };
  return {
    workspace,
    startGuard: async () => (await startPauseGuard(place, productionUrl)).pid,
    openLease: async ({ ttlS, maxPauseS = 600 }) => {
      const { pid, started } = ownIdentity();
      const nowMs = Date.now();
      const now = new Date(nowMs).toISOString();
      const deadline_at = new Date(nowMs + maxPauseS * 1000).toISOString();
      const times = { started_at: now, renewed_at: now, ttl_s: ttlS, deadline_at };
      const owner = { owner: 'run-of-the-harbour', host: hostname(), pid, pid_started: started };
      const opening = await openNewLease(leases, { ...owner, production_url: productionUrl, ...times });
      if (!opening.opened) throw new Error(`expected a lease, found ${opening.found}`);
      return opening.lease;
    },
    renew: async (token) => void (await renewOpenLease(leases, token, new Date().toISOString())),
    leases,
    guardState: () => findGuard(places).state,
    log: () => (existsSync(places.log) ? readFileSync(join(places.log), 'utf8') : ''),
    guardGone,
    clear: async () => {
      const { state, beat } = findGuard(places);
      if (state !== 'gone' && beat !== null) process.kill(beat.pid, 'SIGKILL');
      await guardGone();
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}
