import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { markLease } from '../../../activities/pause/leases.ts';
import { until } from '../../support/engine-client.ts';
import { makeGuardedPlace, type GuardedPlace } from '../../support/guarded-pause.ts';
import { startProduction, type ProductionServer } from '../../support/production-server/production-server.ts';

let production: ProductionServer;
let place: GuardedPlace;
beforeEach(async () => {
  production = await startProduction();
  place = makeGuardedPlace(production.url);
});
afterEach(async () => {
  await place.clear();
  await production.close();
});

/** Guard, marker, pause: the order of every run. */
async function pauseFor(ttlS: number, maxPauseS?: number): Promise<number> {
  await place.startGuard();
  const { token } = await place.openLease(maxPauseS === undefined ? { ttlS } : { ttlS, maxPauseS });
  production.state.pause();
  await markLease(place.leases, token, 'paused');
  return token;
}

function resumed(): Promise<unknown> {
  return until(
    () => place.leases.read(),
    (marker) => marker.kind === 'none',
  );
}

describe('a guard whose owner is silent', () => {
  test('resumes production when the lease runs out, verifies it, removes the marker and goes', async () => {
    const token = await pauseFor(0.5);
    await resumed();
    expect(production.state.isPaused).toBe(false);
    expect(production.calls).toEqual(['resume', 'health']);
    expect(place.leases.tokens().resumed?.token).toBe(token);
    await place.guardGone();
  });

  test('resumes production at the deadline, however often the lease is renewed', async () => {
    const token = await pauseFor(5, 1.5);
    const renewals = setInterval(() => void place.renew(token).catch(() => undefined), 100);
    await resumed();
    clearInterval(renewals);
    expect(production.state.isPaused).toBe(false);
    expect(place.log()).toContain('the lease has reached its deadline');
  });

  test('resumes production when the marker is taken away or spoilt', async () => {
    await pauseFor(1);
    writeFileSync(place.leases.path, 'washed away');
    await resumed();
    expect(production.state.isPaused).toBe(false);
    await place.guardGone();
  });

  test('resumes production before it obeys a SIGTERM', async () => {
    await pauseFor(600);
    process.kill(await place.startGuard(), 'SIGTERM');
    await resumed();
    expect(production.state.isPaused).toBe(false);
    await place.guardGone();
  });

  test('does not hear Ctrl-C or the end of a terminal', async () => {
    const token = await pauseFor(600);
    const pid = await place.startGuard();
    for (const signal of ['SIGINT', 'SIGHUP'] as const) process.kill(pid, signal);
    await markLease(place.leases, token, 'resuming');
    await resumed();
    expect(place.log()).toContain('the run has released it');
  });

  test('that was killed is replaced, and the new one does its work', async () => {
    await pauseFor(1);
    process.kill(await place.startGuard(), 'SIGKILL');
    await place.guardGone();
    await place.startGuard();
    await resumed();
    expect(production.state.isPaused).toBe(false);
  });
});

describe('a production that does not let itself be resumed at once', () => {
  test.each([
    ['500 from resume', { resume: 500 }],
    ['a pause that stays', { resume: 'ignored' }],
    ['health that says nothing', { health: 'garbage' }],
    ['a broken connection', { resume: 'reset' }],
  ] as const)('%s: the guard goes on until it is verified', async (_, faults) => {
    await pauseFor(0.3);
    Object.assign(production.faults, faults);
    await production.until(({ count }) => count('resume') >= 2);
    expect(place.leases.read()).toMatchObject({ kind: 'lease', lease: { state: expect.stringMatching(/resume_pending|resuming/) } });
    for (const call of ['resume', 'health'] as const) delete production.faults[call];
    await resumed();
    expect(production.state.isPaused).toBe(false);
  });

  test('one that does not answer, too', { timeout: 60_000 }, async () => {
    await pauseFor(0.3);
    production.faults.resume = 'hang';
    await until(
      () => place.log(),
      (log) => log.includes('no answer within 4 s'),
    );
    delete production.faults.resume;
    await resumed();
    expect(production.state.isPaused).toBe(false);
  });

  test('one that is down stays an alarm until it is back and says that it is unpaused', async () => {
    await pauseFor(0.3);
    await production.goDown();
    await until(
      () => place.log(),
      (log) => log.includes('connection refused'),
    );
    expect(place.leases.read().kind).toBe('lease');
    await production.comeUp();
    await resumed();
    expect(production.calls.slice(-2)).toEqual(['resume', 'health']);
  });
});

describe('one guard for one production', () => {
  test.runIf(process.platform === 'linux')(
    'lives in a session of its own, without a terminal, and knows no more of the environment than it needs',
    async () => {
      const pid = await place.startGuard();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [, , , session, terminal] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      expect([session, terminal]).toEqual([String(pid), '0']);
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((entry) => entry.split('=')[0]);
      expect(names.filter((name) => name !== '').sort()).toEqual(['LAUTER_PAUSE_GUARD', 'PATH']);
    },
  );

  test('a second start finds the first', async () => {
    const [first, second, third] = await Promise.all([place.startGuard(), place.startGuard(), place.startGuard()]);
    expect([second, third]).toEqual([first, first]);
  });

  test('a guard that gets no lease goes away', async () => {
    const idle = makeGuardedPlace(production.url, { idle_s: 0.3 });
    await idle.startGuard();
    await idle.guardGone();
    expect(idle.log()).toContain('nothing left to guard');
    expect(production.calls).toEqual([]);
    await idle.clear();
  });
});

test('without a guard production stays paused: these tests can fail', async () => {
  const { token } = await place.openLease({ ttlS: 0.2 });
  production.state.pause();
  await markLease(place.leases, token, 'paused');
  // Longer than any lease of these tests, measured by a guard of another production that comes and goes meanwhile.
  const other = makeGuardedPlace('http://127.0.0.1:9', { idle_s: 0.5 });
  await other.startGuard();
  await other.guardGone();
  expect(production.state.isPaused).toBe(true);
  expect(place.leases.read().kind).toBe('lease');
  await other.clear();
});
