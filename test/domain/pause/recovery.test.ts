import { describe, expect, test } from 'vitest';
import { decideRecovery, findAlarms } from '../../../domain/pause/index.ts';
import type { PauseLease, PauseMarker } from '../../../schemas/pause-lease.ts';
import { after, instant, leaseOf } from './leases.ts';

const DEAD = { isWorkflowOpen: false, isProcessAlive: false };
const CONFIGURED = 'http://127.0.0.1:5555';

function marked(changes: Partial<PauseLease> = {}): PauseMarker {
  return { kind: 'lease', lease: leaseOf(changes) };
}
function broken(problem: string, url: string | null = null): PauseMarker {
  return { kind: 'unreadable', problem, url };
}

describe('P6: what recover does about a marker', () => {
  test('without a lease there is nothing to do', () => {
    expect(decideRecovery({ kind: 'none' }, DEAD, CONFIGURED, after(0))).toEqual({ act: 'nothing' });
    expect(decideRecovery(marked({ state: 'resumed' }), DEAD, CONFIGURED, after(0))).toEqual({ act: 'clear' });
  });

  test('a dead owner: resume at the URL of the lease, not at the configured one', () => {
    const step = { act: 'resume', url: 'http://127.0.0.1:8787', isBroken: false };
    expect(decideRecovery(marked(), DEAD, CONFIGURED, after(10))).toEqual(step);
    expect(decideRecovery(marked(), DEAD, null, after(10_000))).toEqual(step);
    expect(decideRecovery(marked({ state: 'pausing' }), DEAD, null, after(10))).toEqual(step);
  });

  test.each([broken('no JSON'), broken('no JSON object'), broken('`production_url` missing')])(
    'a marker that names no production: the configured one, and without that nothing',
    (marker) => {
      expect(decideRecovery(marker, DEAD, CONFIGURED, after(0))).toEqual({ act: 'resume', url: CONFIGURED, isBroken: true });
      expect(decideRecovery(marker, DEAD, null, after(0)).act).toBe('give_up');
    },
  );

  test('a broken marker that still names its production is believed', () => {
    const marker = broken('`ttl_s` missing', 'http://127.0.0.1:8787');
    expect(decideRecovery(marker, DEAD, CONFIGURED, after(0))).toEqual({ act: 'resume', url: 'http://127.0.0.1:8787', isBroken: true });
  });
});

describe('P9: a living owner keeps its pause', () => {
  test('when its process is alive, whatever its lease says', () => {
    const owner = { isWorkflowOpen: false, isProcessAlive: true };
    expect(decideRecovery(marked(), owner, CONFIGURED, after(10)).act).toBe('refuse');
    expect(decideRecovery(marked(), owner, CONFIGURED, after(10_000)).act).toBe('refuse');
  });

  test('when its workflow is open and has renewed in time; one that has not is dead', () => {
    const owner = { isWorkflowOpen: true, isProcessAlive: false };
    expect(decideRecovery(marked(), owner, CONFIGURED, after(119)).act).toBe('refuse');
    expect(decideRecovery(marked(), owner, CONFIGURED, after(120)).act).toBe('resume');
  });

  test('on another host: while its renewals are fresh', () => {
    const owner = { isWorkflowOpen: false, isProcessAlive: null };
    expect(decideRecovery(marked(), owner, CONFIGURED, after(119)).act).toBe('refuse');
    expect(decideRecovery(marked(), owner, CONFIGURED, after(120)).act).toBe('resume');
  });

  test('but one that has let go of the pause does not stand in the way', () => {
    const owner = { isWorkflowOpen: true, isProcessAlive: true };
    expect(decideRecovery(marked({ state: 'resume_pending' }), owner, CONFIGURED, after(10)).act).toBe('resume');
    expect(decideRecovery(marked({ state: 'resuming' }), owner, CONFIGURED, after(10)).act).toBe('resume');
  });

  test('the refusal says what to do', () => {
    const step = decideRecovery(marked(), { isWorkflowOpen: true, isProcessAlive: false }, null, after(20));
    expect(step).toMatchObject({ found: 'its run going on' });
    expect(JSON.stringify(step)).toContain('in 100 s');
  });
});

describe('alarms', () => {
  const names = (marker: PauseMarker, seconds: number): string[] => findAlarms(marker, after(seconds)).map(({ alarm }) => alarm);

  test('a pause in its time is none, nor is one that is over', () => {
    expect(names(marked(), 119)).toEqual([]);
    expect(names({ kind: 'none' }, 0)).toEqual([]);
    expect(names(marked({ state: 'resumed' }), 10_000)).toEqual([]);
  });

  test('past its life, past its deadline, or with its end pending, it is', () => {
    expect(names(marked(), 120)).toEqual(['ttl_expired']);
    expect(names(marked({ renewed_at: instant(2_699) }), 2_700)).toEqual(['deadline_passed']);
    expect(names(marked({ state: 'resume_pending' }), 5)).toEqual(['resume_pending']);
    expect(names(marked({ state: 'resume_pending' }), 5_000)).toEqual(['resume_pending', 'deadline_passed', 'ttl_expired']);
    expect(names(broken('no JSON'), 0)).toEqual(['marker_unreadable']);
  });

  test('the text has the numbers: renewed at 0 s, looked at after 150 s', () => {
    expect(findAlarms(marked(), after(150))[0]?.text).toBe(
      'Production may still be paused: the lease was not renewed in time. The last renewal was 150 s ago, the lease lives 120 s.',
    );
  });
});
