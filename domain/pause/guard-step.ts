import type { PauseLease, PauseMarker } from '../../schemas/pause-lease.ts';
import type { PauseEnd } from '../../schemas/vocabulary.ts';
import { leaseTime } from './lease-time.ts';
import { openLease } from './open-lease.ts';

/** What the guard sees when it looks. `upMs` is a clock that nobody can set: a wall clock that jumps back must not prolong a pause. */
export interface GuardView {
  readonly marker: PauseMarker;
  /** The last lease whose end was verified, by whomever. */
  readonly resumedToken: number | null;
  readonly nowMs: number;
  readonly upMs: number;
  readonly isAskedToStop: boolean;
}

/** What it remembers from earlier looks. */
export interface GuardMemory {
  /** The last lease for its production that it saw, while its end is not known to be verified. */
  readonly lease: PauseLease | null;
  readonly leaseSinceUpMs: number;
  readonly renewedUpMs: number;
  readonly unreadableSinceUpMs: number | null;
  readonly startedUpMs: number;
  readonly hasGuarded: boolean;
}

/** What a guard is told when it is started. */
export interface GuardRules {
  readonly productionUrl: string;
  /** How long it waits for a lease before it goes away. */
  readonly idleMs: number;
  /** How long an unreadable marker may stand when no lease was ever seen: the usual life of one. */
  readonly ttlMs: number;
}

export type GuardStep =
  | { readonly act: 'wait' }
  /** `token` is null where no lease is known. */
  | { readonly act: 'resume'; readonly why: PauseEnd; readonly token: number | null }
  | { readonly act: 'end' };

/** A guard that has seen nothing yet. */
export function newGuardMemory(upMs: number): GuardMemory {
  return { lease: null, leaseSinceUpMs: upMs, renewedUpMs: upMs, unreadableSinceUpMs: null, startedUpMs: upMs, hasGuarded: false };
}

/** The memory after one more look. */
export function rememberLook(memory: GuardMemory, view: GuardView, { productionUrl }: GuardRules): GuardMemory {
  const { marker, upMs, resumedToken } = view;
  const unreadableSinceUpMs = marker.kind === 'unreadable' ? (memory.unreadableSinceUpMs ?? upMs) : null;
  const found = openLease(marker);
  if (found !== null && found.production_url === productionUrl) {
    const isNew = memory.lease?.token !== found.token;
    const isRenewed = isNew || memory.lease?.renewed_at !== found.renewed_at;
    return {
      ...memory,
      lease: found,
      leaseSinceUpMs: isNew ? upMs : memory.leaseSinceUpMs,
      renewedUpMs: isRenewed ? upMs : memory.renewedUpMs,
      unreadableSinceUpMs,
      hasGuarded: true,
    };
  }
  // Something that nobody can read is something to guard, too.
  const hasGuarded = memory.hasGuarded || isMine(marker, productionUrl);
  const hasEnded = memory.lease !== null && marker.kind !== 'unreadable' && isOver(memory.lease, marker, resumedToken);
  return { ...memory, lease: hasEnded ? null : memory.lease, unreadableSinceUpMs, hasGuarded };
}

/** A lease is over when its end was verified, or when a later one was allowed, which needs that. */
function isOver({ token }: PauseLease, marker: PauseMarker, resumedToken: number | null): boolean {
  if (resumedToken !== null && resumedToken >= token) return true;
  return marker.kind === 'lease' && (marker.lease.token > token || (marker.lease.token === token && marker.lease.state === 'resumed'));
}

/** What the guard does next, by what it remembers after {@link rememberLook}. In doubt production is resumed: that is always allowed. */
export function decideGuardStep(memory: GuardMemory, view: GuardView, rules: GuardRules): GuardStep {
  const { lease } = memory;
  if (lease !== null) {
    const why = reasonToResume(lease, memory, view);
    return why === null ? { act: 'wait' } : { act: 'resume', why, token: lease.token };
  }
  if (isMine(view.marker, rules.productionUrl)) {
    const isLong = view.upMs - (memory.unreadableSinceUpMs ?? view.upMs) >= rules.ttlMs;
    return isLong || view.isAskedToStop ? { act: 'resume', why: 'marker_unreadable', token: null } : { act: 'wait' };
  }
  const isIdle = view.upMs - memory.startedUpMs >= rules.idleMs;
  return view.isAskedToStop || isIdle || memory.hasGuarded ? { act: 'end' } : { act: 'wait' };
}

/** True for a marker that cannot be read and may be about this production. */
function isMine(marker: PauseMarker, productionUrl: string): boolean {
  return marker.kind === 'unreadable' && (marker.url === null || marker.url === productionUrl);
}

function reasonToResume(lease: PauseLease, memory: GuardMemory, view: GuardView): PauseEnd | null {
  if (view.marker.kind === 'none') return 'marker_gone';
  if (view.isAskedToStop) return 'guard_stopped';
  if (lease.state === 'resuming' || lease.state === 'resume_pending') return 'released';
  const { overdue } = leaseTime(lease, view.nowMs);
  if (overdue !== null) return overdue;
  const lifeMs = Date.parse(lease.deadline_at) - Date.parse(lease.started_at);
  if (view.upMs - memory.leaseSinceUpMs >= lifeMs) return 'deadline';
  return view.upMs - memory.renewedUpMs >= lease.ttl_s * 1000 ? 'ttl' : null;
}
