import type { PauseLease } from '../../../schemas/pause-lease.ts';

/** 06:40 in the morning, when the pause of these tests begins. */
export const START = '2026-03-02T06:40:00.000Z';

/** Milliseconds since the Unix epoch, so many seconds after the start. */
export function after(seconds: number): number {
  return Date.parse(START) + seconds * 1000;
}

/** The same as ISO 8601. */
export function instant(seconds: number): string {
  return new Date(after(seconds)).toISOString();
}

/** The lease of a harbour office that was just begun, with changes: 120 s, 45 minutes. */
export function leaseOf(changes: Partial<PauseLease> = {}): PauseLease {
  return {
    schema: 'pause-lease/1',
    owner: 'run-20260302T064000Z-0badcafe-quay22',
    token: 7,
    production_url: 'http://127.0.0.1:8787',
    host: 'harbour',
    pid: 4711,
    started_at: START,
    ttl_s: 120,
    renewed_at: START,
    deadline_at: instant(45 * 60),
    state: 'paused',
    ...changes,
  };
}
