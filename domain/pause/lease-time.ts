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
