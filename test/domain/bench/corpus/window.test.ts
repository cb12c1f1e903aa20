import { describe, expect, it } from 'vitest';
import { bucketOf, cutWindow } from '../../../../domain/bench/corpus/window.ts';

const NOW = Date.parse('2026-03-10T00:00:00Z');
const DAY = 86_400_000;

describe('a window of nine days in three buckets', () => {
  const window = cutWindow(NOW, 9, 3);

  it('begins nine days before its end', () => {
    expect(window).toEqual({ days: 9, buckets: 3, window_start_ms: Date.parse('2026-03-01T00:00:00Z'), window_end_ms: NOW });
  });

  it.each([
    ['its first moment', '2026-03-01T00:00:00.000Z', 0],
    ['the last moment of the first bucket', '2026-03-03T23:59:59.999Z', 0],
    ['the first moment of the second', '2026-03-04T00:00:00.000Z', 1],
    ['the first moment of the last', '2026-03-07T00:00:00.000Z', 2],
    ['its own end, which the last bucket takes', '2026-03-10T00:00:00.000Z', 2],
    ['the moment before it', '2026-02-28T23:59:59.999Z', 'before'],
    ['the moment after it', '2026-03-10T00:00:00.001Z', 'after'],
  ])('puts %s where it belongs', (_, at, bucket) => expect(bucketOf(Date.parse(at), window)).toBe(bucket));
});

it('cuts to whole milliseconds and leaves the rest to the last bucket', () => {
  // A day in seven: 12,342,857 ms each, and one millisecond over.
  const window = cutWindow(NOW, 1, 7);
  const start = NOW - DAY;
  expect(bucketOf(start + 12_342_856, window)).toBe(0);
  expect(bucketOf(start + 12_342_857, window)).toBe(1);
  expect(bucketOf(start + 7 * 12_342_857, window)).toBe(6);
  expect(bucketOf(NOW, window)).toBe(6);
});
