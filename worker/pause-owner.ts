import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PauseOwnerActivities } from '../activities/pause-contract.ts';
import { createPauseOwnerActivities } from '../activities/pause/owner-activities.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { openLeaseFile } from '../adapters/pause/lease-file.ts';
import { startGuard } from '../adapters/pause/start-guard.ts';
import { ownIdentity } from '../adapters/process-identity.ts';
import { openProduction } from '../adapters/production/client.ts';
import { productionKey } from '../adapters/production/production-url.ts';
import type { PauseGuardBeat, PauseGuardSettings } from '../schemas/pause-guard.ts';
import { PAUSE_DEFAULTS, PAUSE_QUEUE } from '../temporal.config.ts';

/** Where guards are started from, and what they are started with. */
export interface GuardPlace {
  readonly workspace: string;
  readonly workspaceId: string;
  readonly env: NodeJS.ProcessEnv;
  /** Arguments of Node before its own; the built program unless stated. */
  readonly program?: readonly string[] | undefined;
  /** Shorter times, for tests. */
  readonly settings?: Partial<Pick<PauseGuardSettings, 'idle_s' | 'ttl_s' | 'poll_ms'>> | undefined;
}

/** The queue that the guard of a production system serves. */
export function pauseQueueOf(workspaceId: string, productionUrl: string): string {
  return `${PAUSE_QUEUE}-${workspaceId}-${productionKey(productionUrl)}`;
}

/** Id of the workflow that owns the pause of a production system. */
export function pauseGuardId(productionUrl: string): string {
  return `pause-guard-${productionKey(productionUrl)}`;
}

/** Makes sure that a guard of a production system answers, and starts one where none does. WorkspaceError when none comes up. */
export function startPauseGuard(place: GuardPlace, productionUrl: string): Promise<PauseGuardBeat> {
  const key = productionKey(productionUrl);
  const settings: PauseGuardSettings = {
    schema: 'pause-guard-settings/1',
    workspace: place.workspace,
    key,
    production_url: productionUrl,
    queue: pauseQueueOf(place.workspaceId, productionUrl),
    idle_s: PAUSE_DEFAULTS.ttlS,
    ttl_s: PAUSE_DEFAULTS.ttlS,
    poll_ms: PAUSE_DEFAULTS.guardPollMs,
    ...place.settings,
  };
  return startGuard({
    workspaceDir: place.workspace,
    key,
    program: place.program ?? [fileURLToPath(new URL('./pause-guard/main.js', import.meta.url))],
    env: { ...place.env, LAUTER_PAUSE_GUARD: JSON.stringify(settings) },
  });
}

/** The pause activities of a worker that works on runs. */
export function createPauseActivities(place: GuardPlace): PauseOwnerActivities {
  const { pid, started } = ownIdentity();
  return createPauseOwnerActivities({
    clock: { now, nowMs },
    leases: openLeaseFile(place.workspace),
    production: (url) => openProduction(url),
    process: { host: hostname(), pid, pid_started: started },
    startGuard: async (productionUrl) => {
      const beat = await startPauseGuard(place, productionUrl);
      return { queue: pauseQueueOf(place.workspaceId, productionUrl), pid: beat.pid };
    },
  });
}
