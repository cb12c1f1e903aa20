import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardWorld } from '../../activities/pause/world.ts';
import { now, nowMs } from '../../adapters/clock.ts';
import { openLeaseFile } from '../../adapters/pause/lease-file.ts';
import { openProduction } from '../../adapters/production/client.ts';

/** The world of a guard's activities and of its loop, which share one process. */
export function createGuardWorld(workspaceDir: string, isEnding: () => boolean): GuardWorld {
  let last: Promise<unknown> = Promise.resolve();
  return {
    clock: { now, nowMs },
    leases: openLeaseFile(workspaceDir),
    production: (url) => openProduction(url),
    sleep: (durationMs) => sleep(durationMs),
    isEnding,
    alone: (work) => {
      const result = last.then(work);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
