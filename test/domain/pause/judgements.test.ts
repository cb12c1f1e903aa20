import { describe, expect, test } from 'vitest';
import {
  checkGuard,
  checkNotPaused,
  checkReachable,
  findRestart,
  judgeFailedPause,
  judgePause,
  judgeResume,
  tellAnswer,
} from '../../../domain/pause/index.ts';
import type { ProductionAnswer, ProductionHealth, ProductionPause, ProductionResume } from '../../../schemas/production-contract.ts';
import { leaseOf } from './leases.ts';

type Silence = Exclude<ProductionAnswer<never>, { readonly kind: 'answered' }>;

const SILENCES: readonly Silence[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 204 },
  { kind: 'malformed', problem: 'a body that is no JSON' },
  { kind: 'refused' },
  { kind: 'timeout', afterMs: 4_000 },
  { kind: 'broken', problem: 'ECONNRESET' },
];

function healthy(body: Partial<ProductionHealth> = {}): ProductionAnswer<ProductionHealth> {
  return { kind: 'answered', body: { paused: false, pid: 4000, paused_at: null, ...body } };
}
const PAUSED_AT = '2026-03-02T06:40:01Z';
const paused = healthy({ paused: true, paused_at: PAUSED_AT });
const resumed: ProductionAnswer<ProductionResume> = { kind: 'answered', body: { resumed_at: '2026-03-02T07:00:00Z' } };
function pauseOf(isFinished: boolean): ProductionAnswer<ProductionPause> {
  return { kind: 'answered', body: { paused_at: PAUSED_AT, in_flight_finished: isFinished } };
}

describe('a resume', () => {
  test('is verified by 200 and health with paused false, and by nothing less', () => {
    expect(judgeResume(resumed, healthy()).verdict).toBe('verified');
    expect(judgeResume(resumed, paused)).toEqual({ verdict: 'not_verified', found: 'health with `paused` still true' });
  });

  test.each(SILENCES)('is not verified when resume or health answer with $kind', (silence) => {
    expect(judgeResume(silence, healthy()).verdict).toBe('not_verified');
    expect(judgeResume(resumed, silence).verdict).toBe('not_verified');
  });
});

describe('P7: behind a pause that failed', () => {
  test('nothing is left when health says unpaused or nobody is there', () => {
    expect(judgeFailedPause(healthy()).verdict).toBe('verified');
    expect(judgeFailedPause({ kind: 'refused' }).verdict).toBe('verified');
  });

  test('a pause may be left when health says paused, or says nothing', () => {
    expect(judgeFailedPause(paused).verdict).toBe('not_verified');
    for (const silence of SILENCES.filter(({ kind }) => kind !== 'refused')) {
      expect([silence.kind, judgeFailedPause(silence).verdict]).toEqual([silence.kind, 'not_verified']);
    }
  });
});

describe('a pause', () => {
  test('P3: with a batch in flight it holds, but is not quiescent', () => {
    const production = { pid: 4000, paused_at: PAUSED_AT };
    expect(judgePause(pauseOf(false), paused)).toEqual({ verdict: 'paused', production, isQuiescent: false });
    expect(judgePause(pauseOf(true), paused)).toEqual({ verdict: 'paused', production, isQuiescent: true });
  });

  test('that health does not confirm has failed', () => {
    expect(judgePause(pauseOf(true), healthy()).verdict).toBe('failed');
    expect(judgePause(pauseOf(true), { kind: 'timeout', afterMs: 4_000 }).verdict).toBe('failed');
  });

  test.each([
    [{ kind: 'status', status: 503 }, true],
    [{ kind: 'status', status: 429 }, true],
    [{ kind: 'status', status: 404 }, false],
    [{ kind: 'status', status: 401 }, false],
    [{ kind: 'status', status: 202 }, false],
    [{ kind: 'refused' }, true],
    [{ kind: 'timeout', afterMs: 4_000 }, true],
    [{ kind: 'malformed', problem: 'a body that is no JSON' }, false],
  ] as const)('that was answered with %o has failed; asking again helps: %s', (answer, isWorthRetrying) => {
    expect(judgePause(answer, healthy())).toEqual({ verdict: 'failed', found: tellAnswer(answer), isWorthRetrying });
  });
});

describe('a restart during the pause', () => {
  const before = { was: 'paused', pid: 4000, paused_at: PAUSED_AT } as const;

  test('the same process, still paused, is none', () => {
    expect(findRestart(before, paused)).toBeNull();
  });

  test.each([
    ['a new process', healthy({ pid: 4001, paused: true, paused_at: PAUSED_AT }), 'process 4001 where process 4000 was paused'],
    ['paused false', healthy(), '`paused` false during the pause'],
    [
      'a pause of another time',
      healthy({ paused: true, paused_at: 'later' }),
      `a pause since later where the one of the run began at ${PAUSED_AT}`,
    ],
  ])('%s is one', (_, health, found) => {
    expect(findRestart(before, health)).toBe(found);
  });

  test.each(SILENCES)('$kind is none: a later look tells', (silence) => {
    expect(findRestart(before, silence)).toBeNull();
  });

  test('without a process id, paused alone decides', () => {
    expect(findRestart({ was: 'paused', pid: null, paused_at: null }, healthy({ pid: null, paused: true }))).toBeNull();
    expect(findRestart({ was: 'paused', pid: null, paused_at: null }, healthy({ pid: 9 }))).toBe('`paused` false during the pause');
  });

  test('a production that appears where none was running is one, whatever it answers', () => {
    const absent = { was: 'absent' } as const;
    expect(findRestart(absent, { kind: 'refused' })).toBeNull();
    expect(findRestart(absent, { kind: 'broken', problem: 'EHOSTUNREACH' })).toBeNull();
    for (const health of [healthy(), paused, { kind: 'status', status: 500 } as const, { kind: 'timeout', afterMs: 4_000 } as const]) {
      expect(findRestart(absent, health)).toBe('a production where none was running');
    }
  });
});

describe('preflight', () => {
  const run = { command: 'run', hasNoProduction: false } as const;
  const sweep = { command: 'sweep', hasNoProduction: false } as const;

  test('PF3: production that is not running: a run warns and goes on, a sweep does not', () => {
    expect(checkReachable({ kind: 'refused' }, run).status).toBe('warn');
    expect(checkReachable({ kind: 'refused' }, sweep).status).toBe('abort');
    expect(checkReachable(null, { ...sweep, hasNoProduction: true }).status).toBe('warn');
  });

  test.each(SILENCES.filter(({ kind }) => kind !== 'refused'))('production that answers with $kind aborts', (silence) => {
    expect([checkReachable(silence, run).status, checkReachable(silence, sweep).status]).toEqual(['abort', 'abort']);
  });

  test('production that answers passes, whether paused or not; that is the next check', () => {
    expect(checkReachable(healthy(), sweep).status).toBe('pass');
    expect(checkNotPaused(healthy(), { kind: 'none' }).status).toBe('pass');
    expect(checkNotPaused(paused, { kind: 'none' }).status).toBe('abort');
  });

  test('an open lease aborts, one that is over does not, an unreadable marker does', () => {
    for (const state of ['pausing', 'paused', 'resuming', 'resume_pending'] as const) {
      expect(checkNotPaused(healthy(), { kind: 'lease', lease: leaseOf({ state }) }).status).toBe('abort');
    }
    expect(checkNotPaused(healthy(), { kind: 'lease', lease: leaseOf({ state: 'resumed' }) }).status).toBe('pass');
    expect(checkNotPaused(healthy(), { kind: 'unreadable', problem: 'no JSON', url: null }).status).toBe('abort');
  });

  test('without a guard that answers nothing is paused', () => {
    expect(checkGuard(null).status).toBe('pass');
    expect(checkGuard('none').status).toBe('abort');
  });
});
