import { describe, expect, test } from 'vitest';
import { DETERMINISTIC_DIMENSIONS, deterministicVector, fnv1a32 } from '../../../domain/shared/deterministic-vector.ts';

/** Where the vector has its 1; everything else must be 0. */
function placeOf(vector: Float32Array): number {
  const places = [...vector.entries()].filter(([, value]) => value !== 0);
  expect(places.map(([, value]) => value)).toEqual([1]);
  return places[0]![0];
}

describe('FNV-1a of 32 bits', () => {
  // From the test vectors that the authors of the hash publish with its draft (draft-eastlake-fnv, C code).
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['b', 0xe70c2de5],
    ['c', 0xe60c2c52],
    ['fo', 0x6222e842],
    ['foo', 0xa9f37ed7],
    ['foobar', 0xbf9cf968],
    ['chongo was here!\n', 0xd49930d5],
  ])('%j', (text, hash) => {
    expect(fnv1a32(text)).toBe(hash);
  });

  test('hashes the bytes of UTF-8, not characters', () => {
    // By hand: (0x811c9dc5 ^ 0xc3) * 0x01000193, then ^ 0xa9, in 32 bits.
    const first = Number((BigInt(0x811c9dc5 ^ 0xc3) * 16_777_619n) & 0xffff_ffffn);
    const second = Number((BigInt((first ^ 0xa9) >>> 0) * 16_777_619n) & 0xffff_ffffn);
    expect(fnv1a32('é')).toBe(second);
  });
});

describe('the vector of a text', () => {
  test('stands at 100 and the hash modulo 1000', () => {
    const vector = deterministicVector('foobar');
    expect(vector).toHaveLength(1536);
    // 0xbf9cf968 = 3214735720.
    expect(placeOf(vector)).toBe(100 + 720);
    expect(placeOf(deterministicVector(''))).toBe(100 + 261);
  });

  test('a stated place is taken as it is, modulo the dimensions', () => {
    expect(placeOf(deterministicVector('whatever stands here', 7))).toBe(7);
    expect(placeOf(deterministicVector('', DETERMINISTIC_DIMENSIONS + 3))).toBe(3);
    expect(placeOf(deterministicVector('', 0))).toBe(0);
  });
});
