import { describe, expect, test } from 'vitest';
import { firstKeys, hasSameFirst, measureJaccard, measureRankOverlap } from '../../../domain/measures/index.ts';
import { fc } from '../../support/fast-check.ts';

describe('Jaccard', () => {
  test.each([
    ['RPL-1', ['a', 'b'], ['a', 'b'], 1],
    ['RPL-2', ['a', 'b'], ['a', 'c'], 1 / 3],
    ['RPL-3', ['a', 'b'], ['b', 'a'], 1],
    ['RPL-5', [], [], 1],
    ['one list is empty', ['a'], [], 0],
    ['a page that stands twice counts once', ['a', 'a', 'b'], ['a', 'b', 'b'], 1],
  ])('%s', (_, left, right, expected) => {
    expect(measureJaccard(left, right)).toBe(expected);
    expect(measureJaccard(right, left)).toBe(expected);
  });

  test('the first k pages of each list, counted after pages that stand twice are taken together', () => {
    expect(measureJaccard(['a', 'a', 'b', 'c'], ['a', 'b', 'd'], 2)).toBe(1);
    expect(measureJaccard(['a', 'b', 'c'], ['a', 'c', 'b'], 2)).toBe(1 / 3);
  });
});

test.each([
  ['RPL-3', ['a', 'b'], ['b', 'a'], false],
  ['RPL-2', ['a', 'b'], ['a', 'c'], true],
  ['RPL-5', [], [], true],
  ['one list is empty', ['a'], [], false],
])('the first page is the same: %s', (_, left, right, expected) => {
  expect(hasSameFirst(left, right)).toBe(expected);
});

describe('rank-biased overlap at 0.9', () => {
  // By hand: (1 - p) p^(d-1) A(d) over the depths, and p^l A(l) for what lies beyond.
  test.each([
    ['RPL-1', ['a', 'b'], ['a', 'b'], 1],
    ['RPL-5', [], [], 1],
    ['disjoint lists', ['a', 'b'], ['c', 'd'], 0],
    ['one list is empty', ['a', 'b'], [], 0],
    ['RPL-3: A = 0, 1', ['a', 'b'], ['b', 'a'], 0.1 * 0.9 * 1 + 0.81 * 1],
    ['RPL-2: A = 1, 1/2', ['a', 'b'], ['a', 'c'], 0.1 * 1 + 0.1 * 0.9 * 0.5 + 0.81 * 0.5],
    // Of [a] and [a, b] the shorter list is taken on as it ended, with all of it shared.
    ['lists of other lengths, one the start of the other', ['a'], ['a', 'b'], 1],
    // X = 0, 1; beyond depth 1 the shorter list goes on with a share of 0, so A(2) = 1/2.
    ['lists of other lengths', ['b'], ['a', 'b'], 0.09 * 0.5 + 0.81 * 0.5],
  ])('%s', (_, left, right, expected) => {
    expect(measureRankOverlap(left, right)).toBeCloseTo(expected, 12);
    expect(measureRankOverlap(right, left)).toBeCloseTo(expected, 12);
  });

  test('a swap at the top costs more than one further down', () => {
    const list = ['harbour', 'orchard', 'mill', 'brook', 'bridge'];
    const above = measureRankOverlap(list, ['orchard', 'harbour', 'mill', 'brook', 'bridge']);
    const below = measureRankOverlap(list, ['harbour', 'orchard', 'mill', 'bridge', 'brook']);
    expect(above).toBeLessThan(below);
    expect(below).toBeLessThan(1);
  });

  test('lies from 0 to 1, is 1 for equal lists, and counts a key once', () => {
    const keys = fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 12 });
    fc.assert(
      fc.property(keys, keys, (left, right) => {
        const overlap = measureRankOverlap(left, right);
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(overlap).toBeLessThanOrEqual(1);
        expect(measureRankOverlap(left, left)).toBe(1);
        expect(overlap).toBe(measureRankOverlap(firstKeys(left), firstKeys(right)));
      }),
    );
  });
});
