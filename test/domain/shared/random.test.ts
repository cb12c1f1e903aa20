import { describe, expect, test } from 'vitest';
import { createRandom, deriveSeed } from '../../../domain/shared/random.ts';

describe('createRandom', () => {
  test('is mulberry32: the first numbers of the published generator', () => {
    const random = createRandom(42);
    expect([random.next(), random.next(), random.next()]).toEqual([0.6011037519201636, 0.44829055899754167, 0.8524657934904099]);
    expect(createRandom(0).next()).toBe(0.26642920868471265);
  });

  test('int stays below its bound and reaches both ends', () => {
    const random = createRandom(7);
    const drawn = new Set(Array.from({ length: 400 }, () => random.int(6)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('shuffle keeps the items and leaves the list alone', () => {
    const docks = ['Harbor Street', 'Mill Quay', 'Pier Nine', 'Saltmarsh', 'Weir Gardens'];
    const shuffled = createRandom(3).shuffle(docks);
    expect(shuffled).not.toEqual(docks);
    expect([...shuffled].sort()).toEqual(docks);
    expect(docks[0]).toBe('Harbor Street');
  });

  test('picking from an empty list says so', () => {
    expect(() => createRandom(1).pick([])).toThrow('expected at least one item, found none');
  });
});

describe('deriveSeed', () => {
  test('is FNV-1a for seed 0: published digests', () => {
    expect(deriveSeed(0, 'a')).toBe(0xe40c292c);
    expect(deriveSeed(0, 'foobar')).toBe(0xbf9cf968);
  });

  test('labels and seeds give different numbers', () => {
    expect(new Set([deriveSeed(1, 'night-line'), deriveSeed(2, 'night-line'), deriveSeed(1, 'support-desk')]).size).toBe(3);
  });
});
