import { describe, expect, test } from 'vitest';
import { leaseTime, mayBecome, mayBeRenewed, mutesWatchdogs, refuseTtl } from '../../../domain/pause/index.ts';
import { LEASE_STATES } from '../../../schemas/vocabulary.ts';
import { after, instant, leaseOf } from './leases.ts';

describe('the time of a lease', () => {
  test.each([
    // seconds since the start, seconds of the last renewal → what has run out
    [0, 0, null],
    [119.999, 0, null],
    [120, 0, 'ttl'],
    [149.999, 30, null],
    [150, 30, 'ttl'],
    [2_699.999, 2_690, null],
    [2_700, 2_690, 'deadline'],
    [9_000, 0, 'deadline'],
  ])('after %s s, renewed at %s s: %s', (now, renewed, overdue) => {
    expect(leaseTime(leaseOf({ renewed_at: instant(renewed) }), after(now)).overdue).toBe(overdue);
  });

  test('age and times left, by hand: 100 s old, renewed 40 s ago', () => {
    const time = leaseTime(leaseOf({ renewed_at: instant(60) }), after(100));
    expect(time).toEqual({ ageMs: 100_000, ttlLeftMs: 80_000, deadlineLeftMs: 2_600_000, leftMs: 80_000, overdue: null });
  });

  test('near the deadline the deadline is what is left', () => {
    expect(leaseTime(leaseOf({ renewed_at: instant(2_690) }), after(2_695)).leftMs).toBe(5_000);
  });
});

describe('the least life of a lease is three renewals', () => {
  test.each([
    [120, 30],
    [90, 30],
    [3, 1],
    [1.5, 0.5],
  ])('%s s with a renewal every %s s may be', (ttl, every) => {
    expect(refuseTtl(ttl, every)).toBeNull();
  });

  test.each([
    [89, 30, 'expected at least 3 x 30 s = 90 s, found 89 s'],
    [89.999, 30, 'expected at least 3 x 30 s = 90 s, found 89.999 s'],
    [0, 30, 'expected at least 3 x 30 s = 90 s, found 0 s'],
    [-120, 30, 'expected at least 3 x 30 s = 90 s, found -120 s'],
    [2, 1, 'expected at least 3 x 1 s = 3 s, found 2 s'],
    [Number.NaN, 30, 'expected at least 3 x 30 s = 90 s, found NaN s'],
    [Number.POSITIVE_INFINITY, 30, 'expected at least 3 x 30 s = 90 s, found Infinity s'],
  ])('%s s with a renewal every %s s is refused, with the sum', (ttl, every, text) => {
    expect(refuseTtl(ttl, every)).toBe(text);
  });
});

describe('P5: a watchdog outside', () => {
  const MINUTE = 60_000;
  test.each([
    ['older than 30 minutes', -31 * MINUTE, false],
    ['exactly 30 minutes old', -30 * MINUTE, false],
    ['a moment younger than that', -30 * MINUTE + 1, true],
    ['5 minutes old', -5 * MINUTE, true],
    ['of now', 0, true],
    ['of the future', 2 * MINUTE, true],
    ['of the far future', 400 * MINUTE, true],
  ])('a marker %s', (_, difference, isMuted) => {
    expect(mutesWatchdogs(after(0) + difference, after(0))).toBe(isMuted);
  });

  test('without a marker nothing is muted', () => {
    expect(mutesWatchdogs(null, after(0))).toBe(false);
  });
});

describe('the states of a lease', () => {
  test('it is renewed only before its end has begun', () => {
    expect(LEASE_STATES.filter(mayBeRenewed)).toEqual(['pausing', 'paused']);
  });

  test('once its end has begun it never becomes paused again', () => {
    for (const state of ['resuming', 'resume_pending', 'resumed'] as const) {
      expect([mayBecome(state, 'pausing'), mayBecome(state, 'paused')]).toEqual([false, false]);
    }
  });

  test('a resume may be tried from every state, and from none of them after it was verified', () => {
    for (const state of ['pausing', 'paused', 'resume_pending'] as const) expect(mayBecome(state, 'resuming')).toBe(true);
    for (const state of LEASE_STATES) expect(mayBecome('resumed', state)).toBe(state === 'resumed');
  });
});
