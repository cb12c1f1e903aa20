import { expect, test } from 'vitest';
import { judgeModel } from '../../../../domain/bench/gates/judge-model.ts';
import { DEFAULT_GATE_THRESHOLDS } from '../../../../domain/bench/gates/thresholds.ts';
import { countItems, failedShare, hasTooManyFailed } from '../../../../domain/bench/drain/count-items.ts';
import { DRAIN_START, followDrain, type DrainState, type WorkQueue } from '../../../../domain/bench/drain/follow-drain.ts';

const queue = (changes: Partial<WorkQueue> = {}): WorkQueue => ({
  name: 'enrich',
  active: true,
  pending: 0,
  processing: 0,
  done: 0,
  failed: 0,
  skipped: 0,
  ...changes,
});

const follow = (...readings: WorkQueue[][]): DrainState => readings.reduce(followDrain, DRAIN_START);

test('R1: no queue is an error at once, not an empty queue', () => {
  expect(follow([])).toEqual({ state: 'impossible', reason: 'no_active_queue' });
  expect(follow([queue({ active: false })])).toEqual({ state: 'impossible', reason: 'no_active_queue' });
});

test('R2: one empty queue is drained at the second reading', () => {
  expect(follow([queue()]).state).toBe('waiting');
  expect(follow([queue()], [queue()])).toEqual({ state: 'drained' });
});

test('R3: items still to be done are not drained, and the two empty readings must follow one another', () => {
  expect(follow([queue({ pending: 1 })], [queue({ processing: 1 })]).state).toBe('waiting');
  expect(follow([queue()], [queue({ pending: 1 })], [queue()]).state).toBe('waiting');
  expect(follow([queue()], [queue({ pending: 1 })], [queue()], [queue()]).state).toBe('drained');
  expect(follow([queue(), queue({ name: 'embed', processing: 1 })], [queue(), queue({ name: 'embed', processing: 1 })]).state).toBe(
    'waiting',
  );
});

test('R4: what is stuck in an inactive queue is ignored', () => {
  const readings = [queue(), queue({ name: 'retired', active: false, pending: 3, processing: 1, failed: 9 })];
  expect(follow(readings, readings).state).toBe('drained');
  expect(countItems(readings)).toEqual({ pending: 0, processing: 0, done: 0, failed: 0, skipped: 0 });
});

test('R5: all items failed: drained, counted, and the model fails', () => {
  const readings = [queue({ failed: 40 })];
  expect(follow(readings, readings).state).toBe('drained');
  const counts = countItems(readings);
  expect(counts.failed).toBe(40);
  expect(failedShare(counts)).toBe(1);
  expect(hasTooManyFailed(counts)).toBe(true);
  const good = { schema_validity_rate: 1, refusal_rate: 0, echo_similarity_max: 0, latency_p95_ms: 1 };
  expect(
    judgeModel({ gates: good, thresholds: DEFAULT_GATE_THRESHOLDS, faults: ['queue_failed_items'], isInfrastructure: false }),
  ).toMatchObject({
    verdict: 'FAIL',
    tier0_verdict: { failed_gates: ['queue_failed_items'] },
  });
});

test('a queue that vanishes between two readings is no empty queue', () => {
  const both = [queue(), queue({ name: 'embed', pending: 7 })];
  expect(follow(both, [queue()])).toEqual({ state: 'impossible', reason: 'queue_missing' });
});

test('a queue that is retired in between, or comes up late, is looked at as it is', () => {
  expect(
    follow([queue(), queue({ name: 'embed', pending: 7 })], [queue(), queue({ name: 'embed', active: false, pending: 7 })]).state,
  ).toBe('waiting');
  expect(follow([queue()], [queue(), queue({ name: 'embed', pending: 7 })]).state).toBe('waiting');
});

test('what is decided stays decided', () => {
  expect(follow([queue()], [queue()], [])).toEqual({ state: 'drained' });
  expect(follow([], [queue()], [queue()]).state).toBe('impossible');
});

test('the failed share may be two percent, of what is finished', () => {
  expect(hasTooManyFailed({ pending: 0, processing: 0, done: 97, failed: 2, skipped: 1 })).toBe(false);
  expect(hasTooManyFailed({ pending: 100, processing: 0, done: 96, failed: 3, skipped: 1 })).toBe(true);
  expect(hasTooManyFailed({ pending: 0, processing: 0, done: 0, failed: 0, skipped: 0 })).toBe(false);
  expect(hasTooManyFailed({ pending: 0, processing: 0, done: 9, failed: 1, skipped: 0 }, 0.1)).toBe(false);
});
