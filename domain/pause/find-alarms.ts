import type { PauseMarker } from '../../schemas/pause-lease.ts';
import { PAUSE_ALARMS, type PauseAlarm } from '../../schemas/vocabulary.ts';
import { leaseTime } from './lease-time.ts';
import { openLease } from './open-lease.ts';

export interface Alarm {
  readonly alarm: PauseAlarm;
  /** For people: the sentence of the vocabulary, and the numbers. */
  readonly text: string;
}

/** Everything that is wrong with a pause; empty when none is open or all is in order. */
export function findAlarms(marker: PauseMarker, nowMs: number): readonly Alarm[] {
  if (marker.kind === 'unreadable') return [tell('marker_unreadable', `Found ${marker.problem}.`)];
  const lease = openLease(marker);
  if (lease === null) return [];
  const { ttlLeftMs, deadlineLeftMs } = leaseTime(lease, nowMs);
  const alarms: Alarm[] = [];
  if (lease.state === 'resume_pending') alarms.push(tell('resume_pending', `Lease ${lease.token} of ${lease.owner}.`));
  if (deadlineLeftMs <= 0) alarms.push(tell('deadline_passed', `It was ${lease.deadline_at}, ${seconds(-deadlineLeftMs)} ago.`));
  if (ttlLeftMs <= 0) {
    const since = `The last renewal was ${seconds(lease.ttl_s * 1000 - ttlLeftMs)} ago, the lease lives ${lease.ttl_s} s.`;
    alarms.push(tell('ttl_expired', since));
  }
  return alarms;
}

function tell(alarm: PauseAlarm, detail: string): Alarm {
  return { alarm, text: `${PAUSE_ALARMS[alarm]} ${detail}` };
}

function seconds(durationMs: number): string {
  return `${Math.round(durationMs / 1000)} s`;
}
