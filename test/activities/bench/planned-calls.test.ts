import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { judgedEvents, plannedCalls, type AskedEvent } from '../../../activities/bench/planned-calls.ts';
import type { BenchRunInput } from '../../../activities/bench-contract.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const event = (id: string): AskedEvent => ({ event_id: id, source: 'shell', redacted_content: '{}', content_sha256: 'c'.repeat(64) });
const CORPUS = {
  rows: ['shell-1', 'shell-2', 'shell-3', 'shell-4', 'shell-5', 'shell-6'].map(event),
  overlay: [{ ...event('bait-1'), reason: 'quotes an order', added_at_iso: '2026-03-02T08:00:00Z' }],
};
const RUN = {
  settings: {
    warmup_calls: 3,
    self_consistency: { events: 2, runs_per_event: 3 },
    seeds: { corpus: 1, warmup: 2, self_consistency: 3, judge: 4, bootstrap: 5 },
    judge: { model: 'owl-70b', base_url: 'http://127.0.0.1:8000/v1', api_key_env: null, sample_size: 4 },
  },
} as unknown as BenchRunInput;

/** The order that the rule states, worked out apart: ascending SHA-256 of seed, NUL and id. */
function inOrder(seed: number): string[] {
  const key = (id: string): string => sha256(`${seed}\0${id}`);
  return CORPUS.rows.map(({ event_id }) => event_id).sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

describe('the main pass', () => {
  test('asks about every event once, and then about the overlay', () => {
    const calls = plannedCalls(RUN, CORPUS, 'main', sha256);
    expect(calls.map(({ event: asked, stratum, attempt_idx }) => [asked.event_id, stratum, attempt_idx])).toEqual([
      ...CORPUS.rows.map(({ event_id }) => [event_id, 'base', 0]),
      ['bait-1', 'adversarial', 0],
    ]);
  });

  test('asks a second time about an event that stands in the overlay, too', () => {
    const overlay = [{ ...CORPUS.overlay[0]!, event_id: 'shell-2' }];
    const calls = plannedCalls(RUN, { ...CORPUS, overlay }, 'main', sha256).filter(({ event: asked }) => asked.event_id === 'shell-2');
    expect(calls.map(({ stratum, attempt_idx }) => [stratum, attempt_idx])).toEqual([
      ['base', 0],
      ['adversarial', 1],
    ]);
  });
});

test('warm-up and repeats have seeds of their own', () => {
  const warmup = plannedCalls(RUN, CORPUS, 'warmup', sha256);
  expect(warmup.map(({ event: asked }) => asked.event_id)).toEqual(inOrder(2).slice(0, 3));
  const [one, other] = inOrder(3);
  expect(
    plannedCalls(RUN, CORPUS, 'self_consistency', sha256).map(({ event: asked, attempt_idx }) => [asked.event_id, attempt_idx]),
  ).toEqual([
    [one, 0],
    [one, 1],
    [one, 2],
    [other, 0],
    [other, 1],
    [other, 2],
  ]);
});

describe('the judge', () => {
  test('reads a sample that its seed alone decides, and two canaries', () => {
    const judged = judgedEvents(RUN, CORPUS, sha256);
    expect(judged.slice(0, 4).map(({ event: asked, canary }) => [asked.event_id, canary])).toEqual(
      inOrder(4)
        .slice(0, 4)
        .map((id) => [id, null]),
    );
    expect(judged.slice(4).map(({ canary }) => typeof canary)).toEqual(['string', 'string']);
    const turned = { ...CORPUS, rows: [...CORPUS.rows].reverse() };
    expect(judgedEvents(RUN, turned, sha256)).toEqual(judged);
  });

  test('that is not there reads nothing', () => {
    const without = { settings: { ...RUN.settings, judge: null } } as BenchRunInput;
    expect(judgedEvents(without, CORPUS, sha256)).toEqual([]);
  });
});
