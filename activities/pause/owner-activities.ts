import { openLease } from '../../domain/pause/index.ts';
import type { PauseLease } from '../../schemas/pause-lease.ts';
import type { LeaseLook, PauseOwnerActivities } from '../pause-contract.ts';
import { renewOpenLease } from './leases.ts';
import { resumeProduction } from './resume-production.ts';
import type { Leases, OwnerWorld } from './world.ts';

/** The pause activities of the worker that works on the run. */
export function createPauseOwnerActivities(world: OwnerWorld): PauseOwnerActivities {
  return {
    startGuard: async ({ production_url }) => {
      const { queue, pid } = await world.startGuard(production_url);
      return { queue, guard_pid: pid, owner_process: world.process };
    },
    lookAtLease: async ({ token }) => lookAt(world.leases, token),
    resumeWithoutGuard: (input) => resumeProduction(world, input),
    renewLease: async ({ production_url, token, at }) => {
      // The lease first: it must live while a guard that is gone is being replaced.
      const lease = await renewOpenLease(world.leases, token, at);
      await world.startGuard(production_url);
      return lookOf(lease);
    },
  };
}

function lookAt(leases: Leases, token: number | null): LeaseLook {
  const marker = leases.read();
  if (token !== null && (leases.tokens().resumed?.token ?? 0) >= token) return { ...NOTHING, state: 'resumed' };
  if (marker.kind === 'unreadable') return { ...NOTHING, state: 'unreadable' };
  const lease = openLease(marker);
  if (lease === null) return { ...NOTHING, state: token === null ? 'none' : 'lost' };
  return token === null || lease.token === token ? lookOf(lease) : { ...lookOf(lease), state: 'lost' };
}

const NOTHING = { renewed_at: null, holder: null };

function lookOf({ state, renewed_at, owner, token }: PauseLease): LeaseLook {
  return { state, renewed_at, holder: { owner, token } };
}
