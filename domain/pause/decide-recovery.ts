import type { PauseLease, PauseMarker } from '../../schemas/pause-lease.ts';
import { leaseTime } from './lease-time.ts';

/** What is known of whoever holds the lease. */
export interface OwnerFacts {
  /** Its workflow is open; false where that cannot be found out. */
  readonly isWorkflowOpen: boolean;
  /** Null where its process cannot be seen, as on another host. */
  readonly isProcessAlive: boolean | null;
}

export type RecoveryStep =
  | { readonly act: 'nothing' }
  /** The pause is over; only its marker is left. */
  | { readonly act: 'clear' }
  | { readonly act: 'refuse'; readonly found: string; readonly remedy: string }
  /** `isBroken`: the marker is no lease and is moved aside afterwards, not removed. */
  | { readonly act: 'resume'; readonly url: string; readonly isBroken: boolean }
  | { readonly act: 'give_up'; readonly found: string };

/**
 * What `bench recover` does about a marker. A living owner keeps its pause; a dead one's is ended at the URL that the lease names. A marker that
 * names none leaves the configured URL, and without that nothing can be done.
 */
export function decideRecovery(marker: PauseMarker, owner: OwnerFacts, configuredUrl: string | null, nowMs: number): RecoveryStep {
  if (marker.kind === 'none') return { act: 'nothing' };
  if (marker.kind === 'unreadable') {
    const url = marker.url ?? configuredUrl;
    return url === null
      ? { act: 'give_up', found: `${marker.problem}, and no production URL is configured` }
      : { act: 'resume', url, isBroken: true };
  }
  const { lease } = marker;
  if (lease.state === 'resumed') return { act: 'clear' };
  const living = findOwner(lease, owner, nowMs);
  if (living !== null) return { act: 'refuse', ...living };
  return { act: 'resume', url: lease.production_url, isBroken: false };
}

/** In which way the owner of a lease is alive; null when it is dead, or has already let go of the pause. */
function findOwner(lease: PauseLease, owner: OwnerFacts, nowMs: number): { readonly found: string; readonly remedy: string } | null {
  if (lease.state === 'resuming' || lease.state === 'resume_pending') return null;
  if (owner.isProcessAlive === true) {
    const found = `its process ${lease.pid} alive`;
    return { found, remedy: `Stop the run, or, when it hangs, process ${lease.pid}; then run the same command again.` };
  }
  const ttlLeftMs = leaseTime(lease, nowMs).ttlLeftMs;
  if (ttlLeftMs <= 0) return null;
  const again = `If it is gone, run the same command again in ${Math.ceil(ttlLeftMs / 1000)} s, when its lease has run out.`;
  if (owner.isWorkflowOpen) return { found: 'its run going on', remedy: `Interrupt the command that works on it. ${again}` };
  if (owner.isProcessAlive === null) return { found: `a fresh renewal from host ${lease.host}`, remedy: `Stop the run there. ${again}` };
  return null;
}
