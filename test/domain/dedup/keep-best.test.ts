import { describe, expect, it } from 'vitest';
import { byCopyQuality, keepBest, type CopyQuality, type NearDuplicates } from '../../../domain/dedup/index.ts';

/** Documents on a line: two are linked up to 1 apart, and close up to 2 apart. */
function onALine(places: readonly number[]): NearDuplicates {
  return {
    roots: Int32Array.from(places, () => 0),
    twins: Int32Array.from(places.keys()),
    links: new Uint32Array(0),
    compared: 0,
    areClose: (left, right) => Math.abs(places[left]! - places[right]!) <= 2,
  };
}

const byIndex = (left: number, right: number): number => left - right;

describe('the copy that is kept', () => {
  it('is the best of those that are close to it', () => {
    expect([...keepBest(onALine([0, 1, 2]), byIndex)]).toEqual([0, 0, 0]);
    expect([...keepBest(onALine([0, 1, 2]), (left, right) => right - left)]).toEqual([2, 2, 2]);
  });

  it('is not the only one of a chain whose end says something else', () => {
    expect([...keepBest(onALine([0, 1, 2, 3, 4]), byIndex)]).toEqual([0, 0, 0, 3, 3]);
  });

  it('stands for its exact twins, whichever of them is the best', () => {
    const found = { ...onALine([0, 0, 9]), roots: Int32Array.of(0, 0, 2), twins: Int32Array.of(0, 0, 2) };
    expect([...keepBest(found, (left, right) => right - left)]).toEqual([1, 1, 2]);
  });

  it('is the document itself where there is no copy', () => {
    const found = { ...onALine([0, 1]), roots: Int32Array.of(0, 1) };
    expect([...keepBest(found, byIndex)]).toEqual([0, 1]);
  });
});

describe('the order of copies', () => {
  const copy = (changes: Partial<CopyQuality>): CopyQuality => ({
    id: 'm',
    category: 'accepted',
    value: 0.5,
    day: '2026-03-02',
    ...changes,
  });

  it.each<[string, Partial<CopyQuality>, Partial<CopyQuality>]>([
    [
      'accepted before partially accepted, whatever else',
      { value: 0 },
      { category: 'partially_accepted', value: 1, day: '2026-04-01', id: 'a' },
    ],
    ['the higher truth value before the newer day', { value: 0.6 }, { day: '2026-04-01', id: 'a' }],
    ['a known value of 0 before an unknown one', { value: 0 }, { value: null, id: 'a' }],
    ['the newer day before the smaller id', { day: '2026-03-03' }, { id: 'a' }],
    ['a day before none', {}, { day: 'undated', id: 'a' }],
    ['the smaller id at last', { id: 'a' }, {}],
  ])('%s', (_, better, worse) => {
    expect(byCopyQuality(copy(better), copy(worse))).toBeLessThan(0);
    expect(byCopyQuality(copy(worse), copy(better))).toBeGreaterThan(0);
  });

  it('is 0 for the same one only', () => {
    expect(byCopyQuality(copy({}), copy({}))).toBe(0);
  });
});
