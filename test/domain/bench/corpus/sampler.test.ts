import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../adapters/digest.ts';
import type { SourceEvent } from '../../../../domain/bench/corpus/read-event.ts';
import { Sampler, type Sample, type SamplePlan } from '../../../../domain/bench/corpus/sampler.ts';
import { cutWindow } from '../../../../domain/bench/corpus/window.ts';
import type { JsonObject } from '../../../../domain/shared/json.ts';
import { fc } from '../../../support/fast-check.ts';

const NOW = '2026-03-10T00:00:00Z';

/** Nine days before the end, in three buckets of three days. */
function plan(floor: number, seed = 42): SamplePlan {
  return { seed, window: cutWindow(Date.parse(NOW), 9, 3), usualFloor: floor, floors: new Map() };
}

function shell(number: number, at: string, more: Partial<SourceEvent> & { readonly payload?: JsonObject } = {}): SourceEvent {
  const payload = { command: `point --at ${number}`, duration_ms: 2_000, stdout: 'ok', stderr: '' };
  return { eventId: `shell-${number}`, source: 'shell', atMs: Date.parse(at), isProbe: false, payload, ...more };
}

function sample(events: readonly SourceEvent[], given: SamplePlan): Sample {
  const sampler = new Sampler(given, sha256);
  for (const [index, event] of events.entries()) expect(sampler.add(event, `night.jsonl:${index + 1}`)).toBeUndefined();
  return sampler.finish();
}

function ids({ rows }: Sample): string[] {
  return rows.map(({ event_id: id }) => id);
}

/** Three in the first bucket, one in the second, four in the third. */
const NIGHTS = [
  shell(1, '2026-03-01T00:00:00Z'),
  shell(2, '2026-03-02T21:00:00Z'),
  shell(3, '2026-03-03T23:59:59.999Z'),
  shell(4, '2026-03-05T03:00:00Z'),
  shell(5, '2026-03-07T00:00:00Z'),
  shell(6, '2026-03-08T22:00:00Z'),
  shell(7, '2026-03-09T01:00:00Z'),
  shell(8, NOW),
];

/*
 * Worked by hand from `printf '42\0shell-N' | sha256sum`: 5 (2e), 2 (5e), 1 (6d), 8 (8b), 6 (8e), 3 (ab), 7 (d1), 4 (e8). So the first bucket
 * gives 2, 1, 3, the second 4, the third 5, 8, 6, 7.
 */
describe('a sample', () => {
  it.each([
    [1, ['shell-5']],
    [3, ['shell-2', 'shell-4', 'shell-5']],
    [4, ['shell-1', 'shell-2', 'shell-4', 'shell-5']],
    [5, ['shell-1', 'shell-2', 'shell-4', 'shell-5', 'shell-8']],
    [6, ['shell-1', 'shell-2', 'shell-4', 'shell-5', 'shell-6', 'shell-8']],
  ])('of %i is even over the buckets, then filled up, and never larger than asked for', (floor, expected) => {
    expect(ids(sample(NIGHTS, plan(floor)))).toEqual(expected);
  });

  it('is another one with another seed', () => {
    // With seed 7: 3 (04), 2 (07), 5 (14), 4 (35).
    expect(ids(sample(NIGHTS, plan(3, 7)))).toEqual(['shell-3', 'shell-4', 'shell-5']);
  });

  it('fills up from one bucket when the others are empty', () => {
    expect(ids(sample(NIGHTS.slice(4), plan(3)))).toEqual(['shell-5', 'shell-6', 'shell-8']);
  });

  it('says of each row which bucket it is of, and that it was sampled at the end of the window', () => {
    const { rows } = sample(NIGHTS, plan(8));
    expect(rows.map((row) => row.bucket_index)).toEqual([0, 0, 0, 1, 2, 2, 2, 2]);
    expect(new Set(rows.map((row) => row.sampled_at_iso))).toEqual(new Set(['2026-03-10T00:00:00.000Z']));
  });

  it('K5 takes all that there are when there are fewer than asked for, and says so', () => {
    const found = sample(NIGHTS, plan(20));
    expect(found.rows).toHaveLength(8);
    expect(found.shortages).toEqual([{ source: 'shell', asked: 20, found: 8 }]);
  });

  it('never reaches outside the window, neither back nor into the future, however few rows there are', () => {
    const outside = [shell(9, '2026-02-28T23:59:59.999Z'), shell(10, '2026-03-10T00:00:00.001Z'), shell(11, '2027-01-01T00:00:00Z')];
    const found = sample([...outside, ...NIGHTS], plan(20));
    expect(ids(found)).toEqual(ids(sample(NIGHTS, plan(20))));
    expect(found.dropped).toEqual({ after_window: 2, before_window: 1 });
  });

  it('leaves out probes, idle events and payloads that are no objects, and counts them', () => {
    const found = sample(
      [
        ...NIGHTS.slice(0, 2),
        shell(20, NOW, { isProbe: true }),
        shell(21, NOW, { payload: { command: 'clear', duration_ms: 3 } }),
        { ...shell(22, NOW), payload: undefined },
      ],
      plan(20),
    );
    expect(ids(found)).toEqual(['shell-1', 'shell-2']);
    expect(found.dropped).toEqual({ ineligible: 1, probe: 1, unreadable_payload: 1 });
  });

  it('asks for as many rows of each source as was said, and none of one with floor 0', () => {
    const sky = (number: number): SourceEvent => ({ ...shell(number, NOW), eventId: `sky-${number}`, source: 'sky' });
    const given = {
      ...plan(2),
      floors: new Map([
        ['sky', 1],
        ['shell', 0],
        ['aurora', 5],
      ]),
    };
    const found = sample([...NIGHTS, sky(1), sky(2)], given);
    expect(found.sourceCounts).toEqual({ sky: 1 });
    expect(found.floors).toEqual({ shell: 0, sky: 1 });
    expect(found.absent).toEqual(['aurora']);
    expect(found.shortages).toEqual([]);
  });

  it('depends neither on the order of the events nor on how often they stand there', () => {
    const whole = sample(NIGHTS, plan(5));
    fc.assert(
      fc.property(fc.shuffledSubarray(NIGHTS, { minLength: NIGHTS.length }), fc.shuffledSubarray(NIGHTS), (shuffled, again) => {
        const found = sample([...shuffled, ...again], plan(5));
        expect(found.rows).toEqual(whole.rows);
        expect(found.dropped).toEqual(again.length === 0 ? {} : { duplicate: again.length });
      }),
      { numRuns: 50 },
    );
  });

  it('is of the size asked for, in the window, and even, whatever the events are', () => {
    const event = fc.record({ number: fc.integer({ min: 0, max: 400 }), hour: fc.integer({ min: 0, max: 9 * 24 }) });
    fc.assert(
      fc.property(fc.uniqueArray(event, { selector: ({ number }) => number }), fc.integer({ min: 0, max: 30 }), (given, floor) => {
        const events = given.map(({ number, hour }) => shell(number, new Date(Date.parse(NOW) - hour * 3_600_000).toISOString()));
        const found = sample(events, plan(floor));
        expect(found.rows).toHaveLength(Math.min(floor, events.length));
        const inBucket = (rows: readonly { readonly bucket_index: number }[], bucket: number): number =>
          rows.filter((row) => row.bucket_index === bucket).length;
        const all = sample(events, plan(events.length));
        const least = Math.min(
          ...[0, 1, 2].map((bucket) => Math.min(Math.floor(floor / 3), inBucket(all.rows, bucket)) - inBucket(found.rows, bucket)),
        );
        expect(least).toBeLessThanOrEqual(0);
        for (const bucket of [0, 1, 2]) {
          expect(inBucket(found.rows, bucket)).toBeGreaterThanOrEqual(Math.min(Math.floor(floor / 3), inBucket(all.rows, bucket)));
        }
      }),
      { numRuns: 100 },
    );
  });
});

it('names both places when one id stands for two events', () => {
  const sampler = new Sampler(plan(5), sha256);
  expect(sampler.add(NIGHTS[0]!, 'night.jsonl:1')).toBeUndefined();
  const other = shell(1, '2026-03-01T00:00:00Z', { payload: { command: 'close dome' } });
  expect(sampler.add(other, 'night.jsonl:9')).toEqual({ eventId: 'shell-1', first: 'night.jsonl:1' });
});

it('stores redacted payloads with sorted keys, and counts what was redacted', () => {
  const event = shell(1, NOW, { payload: { stdout: 'PASSWORD=open-the-dome', command: 'env', z: { b: 1, a: 2 } } });
  const { rows, redactions } = sample([event], plan(5));
  expect(rows[0]?.redacted_content).toBe('{"command":"env","stdout":"PASSWORD=[REDACTED]","z":{"a":2,"b":1}}');
  expect(Object.values(redactions)).toEqual([1]);
});
