import { describe, expect, test } from 'vitest';
import { percentile } from '../../../domain/stats/percentile.ts';

describe('a percentile is one of the values', () => {
  test.each([
    [[7], 95, 7],
    // 0.95 x 5 = 4.75, so the last of six.
    [[100, 200, 300, 400, 500, 10_000], 95, 10_000],
    // 0.9 x 9 = 8.1.
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90, 9],
    [[3, 1, 2], 0, 1],
    [[3, 1, 2], 100, 3],
    // Not by their spelling.
    [[100, 20, 3], 50, 20],
  ])('of %j at %i: %d', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  test.each([
    // An exact half goes to the even place: 0.5 to 0, 1.5 to 2, 2.5 to 2, 3.5 to 4. Rounding up would take 1, 2, 3, 4.
    [2, 50, 0],
    [3, 75, 2],
    [6, 50, 2],
    [8, 50, 4],
    [51, 5, 2],
    // 0.07 x 50 is 3.5000000000000004 in doubles, and a half all the same.
    [51, 7, 4],
    [51, 1, 0],
    [151, 1, 2],
  ])('of %i values at %i: place %i', (n, percent, place) => {
    expect(
      percentile(
        Array.from({ length: n }, (_, at) => at),
        percent,
      ),
    ).toBe(place);
  });

  test('of nothing: none', () => {
    expect(percentile([], 50)).toBeNull();
  });

  test.each([-1, 101, 2.5, Number.NaN])('%d is no whole percentage', (percent) => {
    expect(() => percentile([1], percent)).toThrow(RangeError);
  });

  test('what was not measured has no place in the order', () => {
    expect(() => percentile([1, Number.NaN], 50)).toThrow(RangeError);
  });
});
