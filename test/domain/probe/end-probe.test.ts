import { describe, expect, test } from 'vitest';
import { endOfBatch, endOfFailure, endOverEstimate, probeEvent, probeRunUid, remarksOnAudit } from '../../../domain/probe/index.ts';
import { probeEventSchema } from '../../../schemas/probe-event.ts';
import { eventAt } from '../../support/probe-events.ts';

const account = { ts: '2026-03-02T03:31:00.000Z', kind: 'quality', runUid: 'night-1-quality', scheduledAt: null } as const;

describe('outcome and exit code', () => {
  test.each([
    ['pass', 0],
    ['fail', 1],
    ['inconclusive', 2],
    ['error', 2],
  ] as const)('of a batch that says %s: the same word, %d', (verdict, exit_code) => {
    expect(endOfBatch({ verdict, budget_skipped: 0 })).toEqual({ outcome: verdict, exit_code, detail: null });
  });
  test.each(['pass', 'fail', 'error'] as const)('of a batch that says %s although the cap cut it short: budget_exceeded, 2', (verdict) => {
    expect(endOfBatch({ verdict, budget_skipped: 1 })).toEqual({
      outcome: 'budget_exceeded',
      exit_code: 2,
      detail: 'the cap was reached: 1 row was not judged',
    });
  });
  test('of work that throws: error with its message; of a cap that was hit: budget_exceeded', () => {
    const message = 'opening a collection, on harbour: expected a collection, found none.';
    expect(endOfFailure({ type: 'CollectionError', message })).toEqual({ outcome: 'error', exit_code: 2, detail: message });
    expect(endOfFailure({ type: undefined, message: 'lost' })).toMatchObject({ outcome: 'error', detail: 'lost' });
    expect(endOfFailure({ type: 'OverBudgetError', message: 'no money' })).toMatchObject({ outcome: 'budget_exceeded', exit_code: 2 });
  });
  test('of an estimate: only one above the cap ends the probe', () => {
    expect(endOverEstimate(5, 5)).toBe(null);
    expect(endOverEstimate(5.01, 5)).toMatchObject({
      outcome: 'budget_exceeded',
      exit_code: 2,
      detail: expect.stringContaining('$5.01') as string,
    });
  });
});

describe('the row', () => {
  test('NQP-3: 5 pass, estimate .35: pass, exit 0, counts and 8 hex digits of the fixture', () => {
    const row = probeEvent(endOfBatch({ verdict: 'pass' }), {
      ...account,
      counts: { pass_count: 5 },
      estimateUsd: 0.35,
      fixtureSha256: `0a1b2c3d${'e'.repeat(56)}`,
    });
    expect(probeEventSchema.parse(row)).toEqual(row);
    expect(row).toMatchObject({
      outcome: 'pass',
      exit_code: 0,
      pass_count: 5,
      fail_count: 0,
      est_cost_usd: 0.35,
      fixture_sha8: '0a1b2c3d',
    });
    expect(row).not.toHaveProperty('detail');
    expect(row).not.toHaveProperty('scheduled_at');
  });
  test('NQP-4: 3 fail: fail, exit 1', () => {
    const row = probeEvent(endOfBatch({ verdict: 'fail' }), { ...account, counts: { pass_count: 2, fail_count: 3 } });
    expect(row).toMatchObject({ outcome: 'fail', exit_code: 1, pass_count: 2, fail_count: 3 });
  });
  test('tells why, and what is odd about the audit', () => {
    const remarks = remarksOnAudit({ events: [eventAt('2026-03-03T00:00:00.000Z')], corrupt: 2 }, Date.parse('2026-03-02T03:31:00.000Z'));
    const row = probeEvent(endOfFailure({ type: null, message: 'no fixture' }), { ...account, remarks });
    expect(row.detail).toBe(
      'no fixture; 2 corrupt audit lines were left out; the clock, 2026-03-02T03:31:00.000Z, is before the newest audit row, 2026-03-03T00:00:00.000Z',
    );
    expect(remarksOnAudit({ events: [eventAt('2026-03-02T03:31:00.000Z')], corrupt: 0 }, Date.parse('2026-03-02T03:31:00.000Z'))).toEqual(
      [],
    );
    expect(remarksOnAudit({ events: [], corrupt: 1 }, 0)).toEqual(['1 corrupt audit line was left out']);
  });
});

test('a night has one id however often it is tried and in whatever zone it is written, a run by hand that of its run', () => {
  const first = probeRunUid('quality', { scheduledAt: '2026-03-02T03:30:00Z', runId: 'first-try' });
  expect(probeRunUid('quality', { scheduledAt: '2026-03-02T04:30:00+01:00', runId: 'second-try' })).toBe(first);
  expect(probeRunUid('determinism', { scheduledAt: '2026-03-02T03:30:00Z', runId: 'first-try' })).not.toBe(first);
  expect(probeRunUid('quality', { scheduledAt: null, runId: 'by-hand-1' })).not.toBe(
    probeRunUid('quality', { scheduledAt: null, runId: 'by-hand-2' }),
  );
});
