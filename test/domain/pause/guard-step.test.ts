import { describe, expect, test } from 'vitest';
import { decideGuardStep, newGuardMemory, rememberLook, type GuardStep, type GuardView } from '../../../domain/pause/index.ts';
import type { PauseLease, PauseMarker } from '../../../schemas/pause-lease.ts';
import { after, instant, leaseOf } from './leases.ts';

const RULES = { productionUrl: 'http://127.0.0.1:8787', idleMs: 120_000, ttlMs: 120_000 };
const NONE: PauseMarker = { kind: 'none' };
const BROKEN: PauseMarker = { kind: 'unreadable', problem: 'no JSON', url: null };

function marked(changes: Partial<PauseLease> = {}): PauseMarker {
  return { kind: 'lease', lease: leaseOf(changes) };
}

/** A look so many seconds after the start; both clocks go alike unless one of them is set. */
function lookAt(seconds: number, marker: PauseMarker, changes: Partial<GuardView> = {}): GuardView {
  return { marker, resumedToken: null, nowMs: after(seconds), upMs: seconds * 1000, isAskedToStop: false, ...changes };
}

/** What the guard does at the last of several looks. */
function stepAfter(...views: readonly GuardView[]): GuardStep {
  let memory = newGuardMemory(views[0]!.upMs);
  for (const view of views) memory = rememberLook(memory, view, RULES);
  return decideGuardStep(memory, views.at(-1)!, RULES);
}

describe('the guard of a pause', () => {
  test('leaves a lease alone that is renewed in time', () => {
    expect(stepAfter(lookAt(0, marked()), lookAt(119, marked()))).toEqual({ act: 'wait' });
    expect(stepAfter(lookAt(0, marked()), lookAt(200, marked({ renewed_at: instant(190) })))).toEqual({ act: 'wait' });
  });

  test('resumes when the time has run out, or the deadline is reached however often it was renewed', () => {
    expect(stepAfter(lookAt(0, marked()), lookAt(120, marked()))).toEqual({ act: 'resume', why: 'ttl', token: 7 });
    expect(stepAfter(lookAt(0, marked()), lookAt(2_700, marked({ renewed_at: instant(2_699) })))).toEqual({
      act: 'resume',
      why: 'deadline',
      token: 7,
    });
  });

  test('resumes a lease that was let go of, and one whose end is pending', () => {
    for (const state of ['resuming', 'resume_pending'] as const) {
      expect(stepAfter(lookAt(5, marked({ state })))).toEqual({ act: 'resume', why: 'released', token: 7 });
    }
  });

  test('takes over a lease that ran out before it was started', () => {
    expect(stepAfter(lookAt(500, marked()))).toEqual({ act: 'resume', why: 'ttl', token: 7 });
  });

  test('is not fooled by a wall clock that was set back', () => {
    const first = lookAt(0, marked());
    expect(stepAfter(first, lookAt(121, marked(), { nowMs: after(-3_600) }))).toEqual({ act: 'resume', why: 'ttl', token: 7 });
    const renewed = lookAt(2_695, marked({ renewed_at: instant(-905) }), { nowMs: after(-900) });
    const last = lookAt(2_701, marked({ renewed_at: instant(-900) }), { nowMs: after(-899) });
    expect(stepAfter(first, renewed, last)).toEqual({ act: 'resume', why: 'deadline', token: 7 });
  });

  test('resumes when the marker was taken away and nobody has verified the end', () => {
    expect(stepAfter(lookAt(0, marked()), lookAt(5, NONE))).toEqual({ act: 'resume', why: 'marker_gone', token: 7 });
  });

  test('ends when the end was verified, by whomever', () => {
    expect(stepAfter(lookAt(0, marked()), lookAt(5, NONE, { resumedToken: 7 }))).toEqual({ act: 'end' });
    expect(stepAfter(lookAt(0, marked()), lookAt(5, marked({ state: 'resumed' })))).toEqual({ act: 'end' });
  });

  test('an earlier end does not count for a later lease', () => {
    expect(stepAfter(lookAt(0, marked()), lookAt(5, NONE, { resumedToken: 6 }))).toEqual({ act: 'resume', why: 'marker_gone', token: 7 });
  });

  test('remembers a lease whose marker became unreadable, with the time it had', () => {
    expect(stepAfter(lookAt(0, marked()), lookAt(60, BROKEN))).toEqual({ act: 'wait' });
    expect(stepAfter(lookAt(0, marked()), lookAt(60, BROKEN), lookAt(120, BROKEN))).toEqual({ act: 'resume', why: 'ttl', token: 7 });
  });

  test('resumes behind a marker that it never could read, after the usual life of a lease', () => {
    expect(stepAfter(lookAt(0, BROKEN), lookAt(119, BROKEN))).toEqual({ act: 'wait' });
    expect(stepAfter(lookAt(0, BROKEN), lookAt(120, BROKEN))).toEqual({ act: 'resume', why: 'marker_unreadable', token: null });
    expect(stepAfter(lookAt(0, BROKEN), lookAt(120, BROKEN), lookAt(121, NONE))).toEqual({ act: 'end' });
  });

  test('leaves the production of another guard alone', () => {
    const elsewhere = marked({ production_url: 'http://127.0.0.1:9999' });
    expect(stepAfter(lookAt(0, elsewhere), lookAt(119, elsewhere))).toEqual({ act: 'wait' });
    expect(stepAfter(lookAt(0, elsewhere), lookAt(120, elsewhere))).toEqual({ act: 'end' });
    const broken: PauseMarker = { kind: 'unreadable', problem: '`ttl_s` missing', url: 'http://127.0.0.1:9999' };
    expect(stepAfter(lookAt(0, broken), lookAt(500, broken))).toEqual({ act: 'end' });
  });

  test('takes on the next lease when it is still there', () => {
    const next = marked({ token: 8, started_at: instant(10), renewed_at: instant(10), deadline_at: instant(2_710) });
    expect(stepAfter(lookAt(0, marked()), lookAt(12, next, { resumedToken: 7 }))).toEqual({ act: 'wait' });
    expect(stepAfter(lookAt(0, marked()), lookAt(130, next, { resumedToken: 7 }))).toEqual({ act: 'resume', why: 'ttl', token: 8 });
  });

  test('waits for a lease as long as it was told, then ends', () => {
    expect(stepAfter(lookAt(0, NONE), lookAt(119, NONE))).toEqual({ act: 'wait' });
    expect(stepAfter(lookAt(0, NONE), lookAt(120, NONE))).toEqual({ act: 'end' });
  });

  test('resumes first when it is told to stop, and ends at once when there is nothing to resume', () => {
    expect(stepAfter(lookAt(5, marked(), { isAskedToStop: true }))).toEqual({ act: 'resume', why: 'guard_stopped', token: 7 });
    expect(stepAfter(lookAt(5, NONE, { isAskedToStop: true }))).toEqual({ act: 'end' });
    expect(stepAfter(lookAt(5, BROKEN, { isAskedToStop: true }))).toEqual({ act: 'resume', why: 'marker_unreadable', token: null });
  });
});
