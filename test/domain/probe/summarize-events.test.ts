import { expect, test } from 'vitest';
import { summarizeEvents } from '../../../domain/probe/index.ts';
import { eventAt } from '../../support/probe-events.ts';

const NOW_MS = Date.parse('2026-03-09T12:00:00.000Z');

test('events of the last seven days count by outcome, the newest by its time and not by its place', () => {
  const summary = summarizeEvents(
    [
      eventAt('2026-03-08T03:31:00.000Z', { outcome: 'fail', detail: 'newest' }),
      eventAt('2026-03-07T03:31:00.000Z'),
      eventAt('2026-03-06T03:31:00.000Z', { outcome: 'no_embedding_key' }),
      eventAt('2026-03-02T12:00:00.000Z', { outcome: 'error', detail: 'seven days old to the second' }),
      eventAt('not a time', { outcome: 'error' }),
    ],
    NOW_MS,
  );
  expect(summary).toMatchObject({ total: 3, notPassed: 2, latest: { detail: 'newest' } });
  expect(summary.counts).toEqual({
    pass: 1,
    fail: 1,
    error: 0,
    inconclusive: 0,
    budget_exceeded: 0,
    no_embedding_key: 1,
    rate_limited: 0,
  });
});

test('nothing is no latest one', () => {
  expect(summarizeEvents([], NOW_MS)).toMatchObject({ total: 0, notPassed: 0, latest: null });
});
