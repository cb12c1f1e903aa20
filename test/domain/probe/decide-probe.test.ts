import { describe, expect, test } from 'vitest';
import { decideProbe, isProbeEnabled, type ProbeRequest } from '../../../domain/probe/index.ts';
import type { ProbeEvent } from '../../../schemas/probe-event.ts';
import { fc } from '../../support/fast-check.ts';
import { eventAt } from '../../support/probe-events.ts';

const NOW = '2026-03-02T12:00:00.000Z';
const HOUR_MS = 3_600_000;

function hoursAgo(hours: number, told: Partial<ProbeEvent> = {}): ProbeEvent {
  return eventAt(new Date(Date.parse(NOW) - hours * HOUR_MS).toISOString(), told);
}

function decide(events: readonly ProbeEvent[], told: Partial<ProbeRequest> = {}) {
  const request: ProbeRequest = {
    kind: 'quality',
    isEnabled: true,
    scheduledAt: null,
    nowMs: Date.parse(NOW),
    windowHours: 20,
    isEmbedderMissing: false,
    ...told,
  };
  return decideProbe(request, events);
}

test.each([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
] as const)('enabled is %o: %s', (enabled, isOn) => {
  expect(isProbeEnabled({ enabled })).toBe(isOn);
});

describe('NQP-2', () => {
  test('disabled: exit 0 and no row, whatever else is wrong', () => {
    const stopped = decide([hoursAgo(1)], { isEnabled: false, isEmbedderMissing: true });
    expect(stopped).toMatchObject({ go: false, outcome: 'disabled', exit_code: 0, isRecorded: false });
  });
  test('rate limited: exit 0 and no row, before the key is looked for', () => {
    const stopped = decide([hoursAgo(1)], { isEmbedderMissing: true });
    expect(stopped).toMatchObject({ go: false, outcome: 'rate_limited', exit_code: 0, isRecorded: false });
  });
  test('no key: exit 2 and a row', () => {
    expect(decide([], { isEmbedderMissing: true })).toMatchObject({
      go: false,
      outcome: 'no_embedding_key',
      exit_code: 2,
      isRecorded: true,
    });
  });
});

describe('a run by hand', () => {
  test.each(['pass', 'fail', 'inconclusive', 'budget_exceeded'] as const)('waits for the end of the window that %s opened', (outcome) => {
    expect(decide([hoursAgo(19.999, { outcome })])).toMatchObject({ go: false, outcome: 'rate_limited' });
    expect(decide([hoursAgo(20, { outcome })])).toEqual({ go: true });
  });
  test.each(['error', 'no_embedding_key'] as const)('after %s may be tried three times in a window', (outcome) => {
    const twice = [hoursAgo(3, { outcome }), hoursAgo(2, { outcome })];
    expect(decide(twice)).toEqual({ go: true });
    expect(decide([...twice, hoursAgo(1, { outcome })])).toMatchObject({
      go: false,
      outcome: 'rate_limited',
      detail: expect.stringContaining('3 attempts') as string,
    });
    expect(decide([hoursAgo(20, { outcome }), ...twice])).toEqual({ go: true });
  });
  test('does not wait for one that was rate limited, of another kind, or of no readable time', () => {
    const rows = [hoursAgo(1, { outcome: 'rate_limited' }), hoursAgo(1, { kind: 'determinism' }), eventAt('at dawn')];
    expect(decide(rows)).toEqual({ go: true });
  });
  test('waits for one a little ahead of the clock, not for one of next year', () => {
    expect(decide([hoursAgo(-1)])).toMatchObject({ outcome: 'rate_limited' });
    expect(decide([hoursAgo(-9_000)])).toEqual({ go: true });
  });
  test('is told what it waits for', () => {
    expect(decide([hoursAgo(30, { outcome: 'fail' }), hoursAgo(2, { outcome: 'fail' })])).toMatchObject({
      detail: 'the probe of 2026-03-02T10:00:00.000Z ended with fail, within the 20 hours of probe.nightly.window_hours',
    });
  });
});

test('a scheduled run is not rate limited', () => {
  const rows = [hoursAgo(1), hoursAgo(1, { outcome: 'error' }), hoursAgo(1, { outcome: 'error' }), hoursAgo(1, { outcome: 'error' })];
  expect(decide(rows, { scheduledAt: NOW })).toEqual({ go: true });
});

test('whatever the rows, a run by hand begins just when no counting one is young and fewer than three attempts are', () => {
  const outcome = fc.constantFrom('pass', 'fail', 'inconclusive', 'budget_exceeded', 'error', 'no_embedding_key', 'rate_limited');
  const row = fc.record({ hours: fc.integer({ min: 0, max: 40 }), outcome });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const young = rows.filter(({ hours }) => hours < 20).map((one) => one.outcome);
      const isFree = young.every((one) => ['error', 'no_embedding_key', 'rate_limited'].includes(one));
      const attempts = young.filter((one) => one === 'error' || one === 'no_embedding_key').length;
      const events = rows.map(({ hours, outcome: one }) => hoursAgo(hours, { outcome: one as ProbeEvent['outcome'] }));
      expect(decide(events).go).toBe(isFree && attempts < 3);
    }),
  );
});
