import type { PauseLease } from '../../schemas/pause-lease.ts';

/** Where a lease stands in time, in milliseconds; what has run out is negative. */
export interface LeaseTime {
  readonly ageMs: number;
  /** Until the owner must have renewed it. */
  readonly ttlLeftMs: number;
  readonly deadlineLeftMs: number;
  /** Until it ends unless it is renewed: the smaller of the two. */
  readonly leftMs: number;
  /** What has run out; the deadline where both have. */
  readonly overdue: 'ttl' | 'deadline' | null;
}

/** The part of a lease that time decides about. */
export type TimedLease = Pick<PauseLease, 'started_at' | 'renewed_at' | 'ttl_s' | 'deadline_at'>;

/** Ages a lease. It is overdue from the very millisecond on at which nothing is left. */
export function leaseTime(lease: TimedLease, nowMs: number): LeaseTime {
  const ttlLeftMs = Date.parse(lease.renewed_at) + lease.ttl_s * 1000 - nowMs;
  const deadlineLeftMs = Date.parse(lease.deadline_at) - nowMs;
  const overdue = deadlineLeftMs <= 0 ? 'deadline' : ttlLeftMs <= 0 ? 'ttl' : null;
  return { ageMs: nowMs - Date.parse(lease.started_at), ttlLeftMs, deadlineLeftMs, leftMs: Math.min(ttlLeftMs, deadlineLeftMs), overdue };
}

/** Kept free at the end of a lease, so that nothing is measured while production is about to be resumed. */
export const DEADLINE_RESERVE_MS = 60_000;

/** What is left for measured work, in milliseconds: up to the deadline less the reserve. Never negative. */
export function measurableMs({ deadline_at }: Pick<PauseLease, 'deadline_at'>, nowMs: number): number {
  return Math.max(0, Date.parse(deadline_at) - DEADLINE_RESERVE_MS - nowMs);
}
