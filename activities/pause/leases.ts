import { mayBecome, mayBeRenewed, openLease } from '../../domain/pause/index.ts';
import { LeaseLostError } from '../../domain/shared/errors.ts';
import type { PauseLease, PauseMarker } from '../../schemas/pause-lease.ts';
import type { LeaseState } from '../../schemas/vocabulary.ts';
import type { Leases } from './world.ts';

export type Opening = { readonly opened: true; readonly lease: PauseLease } | { readonly opened: false; readonly found: string };

/** Writes the marker of a new lease with the next token; refused while another one is not `resumed`. The same owner finds its own again. */
export function openNewLease(leases: Leases, draft: Omit<PauseLease, 'schema' | 'token' | 'state'>): Promise<Opening> {
  return leases.change<Opening>((marker, tokens) => {
    if (marker.kind === 'unreadable') return { result: { opened: false, found: `a marker that cannot be read: ${marker.problem}` } };
    const found = openLease(marker);
    if (found !== null && isSame(found, draft)) return { result: { opened: true, lease: found } };
    if (found !== null) return { result: { opened: false, found: `lease ${found.token} of ${found.owner}, ${found.state}` } };
    const token = Math.max(tokens.last, marker.kind === 'lease' ? marker.lease.token : 0) + 1;
    const lease: PauseLease = { schema: 'pause-lease/1', ...draft, token, state: 'pausing' };
    return { result: { opened: true, lease }, marker: { put: lease }, tokens: { ...tokens, last: token } };
  });
}

/** An attempt that was cut off after it had written the marker is made again. */
function isSame(found: PauseLease, draft: Pick<PauseLease, 'owner' | 'production_url' | 'pid'>): boolean {
  const isSameOwner = found.owner === draft.owner && found.pid === draft.pid && found.production_url === draft.production_url;
  return isSameOwner && found.state === 'pausing';
}

/** Renews as of a time; an older one than the marker has changes nothing. LeaseLostError when the lease is not the token's any more. */
export function renewOpenLease(leases: Leases, token: number, at: string): Promise<PauseLease> {
  return leases.change((marker) => {
    const lease = requireLease(leases, marker, token, 'renewing');
    if (!mayBeRenewed(lease.state)) throw lost(leases, 'renewing', token, `it ${lease.state}`);
    if (Date.parse(at) <= Date.parse(lease.renewed_at)) return { result: lease };
    const renewed = { ...lease, renewed_at: at };
    return { result: renewed, marker: { put: renewed } };
  });
}

/** Moves a lease on. What may not follow is left out: a late attempt never turns back what has happened since. LeaseLostError for a stale token. */
export function markLease(leases: Leases, token: number, state: LeaseState): Promise<PauseLease> {
  return leases.change((marker) => {
    const lease = requireLease(leases, marker, token, 'changing');
    if (lease.state === state || !mayBecome(lease.state, state)) return { result: lease };
    const changed = { ...lease, state };
    return { result: changed, marker: { put: changed } };
  });
}

/** Removes the marker of a lease whose end was verified, and writes down that it was. A marker of another lease stays. */
export function closeLease(leases: Leases, token: number | null, at: string): Promise<void> {
  return leases.change<void>((marker, tokens) => {
    const isNews = token !== null && token > (tokens.resumed?.token ?? 0);
    const change = isNews
      ? { result: undefined, tokens: { ...tokens, last: Math.max(tokens.last, token), resumed: { token, at } } }
      : { result: undefined };
    if (marker.kind === 'unreadable') return { ...change, marker: 'move aside' };
    return marker.kind === 'lease' && marker.lease.token === token ? { ...change, marker: 'remove' } : change;
  });
}

/** True while the lease of a token stands in the marker and its end has not begun. */
export function isLeaseOpen(leases: Pick<Leases, 'read'>, token: number): boolean {
  const lease = openLease(leases.read());
  return lease?.token === token && mayBeRenewed(lease.state);
}

/** The lease of a token. LeaseLostError when the marker is not of that lease. */
function requireLease(leases: Leases, marker: PauseMarker, token: number, doing: string): PauseLease {
  if (marker.kind === 'none') throw lost(leases, doing, token, 'no marker');
  if (marker.kind === 'unreadable') throw lost(leases, doing, token, 'a marker that cannot be read');
  if (marker.lease.token !== token) throw lost(leases, doing, token, `token ${marker.lease.token} of ${marker.lease.owner}`);
  return marker.lease;
}

function lost(leases: Leases, doing: string, token: number, found: string): LeaseLostError {
  return new LeaseLostError(
    `${doing} the pause lease, on ${leases.path}: expected token ${token}, found ${found}.`,
    'Production is resumed, or will be, by its guard. Start the run again; `lauter bench status` tells how the pause stands.',
    { token },
  );
}
