import { describe, expect, test } from 'vitest';
import { nearestAmong, nearestChunks } from '../../../domain/search/nearest-chunks.ts';
import { fc } from '../../support/fast-check.ts';

/** Unit vectors of two dimensions by their angle in degrees; cosines with the query at 0 are those of the angle. */
function atAngles(...degrees: number[]): Float32Array {
  return Float32Array.from(degrees.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]));
}

const EAST = atAngles(0);

describe('the nearest chunks', () => {
  test('come best first, with their cosines', () => {
    const found = nearestChunks(EAST, atAngles(90, 60, 0, 180, 30), 3);
    expect(found.map(({ chunk }) => chunk)).toEqual([2, 4, 1]);
    expect(found.map(({ cosine }) => Number(cosine.toFixed(4)))).toEqual([1, 0.866, 0.5]);
  });

  test('of equal ones, the lower number comes first and is the one that stays', () => {
    const vectors = atAngles(60, 0, 60, 60, 0);
    expect(nearestChunks(EAST, vectors, 3).map(({ chunk }) => chunk)).toEqual([1, 4, 0]);
  });

  test('may be fewer than asked for, also those that point away', () => {
    expect(nearestChunks(EAST, atAngles(180, 90), 10).map(({ chunk }) => chunk)).toEqual([1, 0]);
    expect(nearestChunks(EAST, new Float32Array(0), 5)).toEqual([]);
  });

  test('a cosine is never beyond 1, whatever rounding does', () => {
    const vector = Float32Array.from({ length: 7 }, () => Math.fround(1 / Math.sqrt(7)) * (1 + 1e-6));
    expect(nearestChunks(vector, vector, 1)[0]!.cosine).toBe(1);
  });

  test('vectors of another length are refused', () => {
    expect(() => nearestChunks(EAST, new Float32Array(3), 1)).toThrow(RangeError);
    expect(() => nearestAmong(EAST, atAngles(0), [1], 1)).toThrow(RangeError);
  });

  test('among given chunks only those are looked at', () => {
    expect(nearestAmong(EAST, atAngles(0, 10, 20, 30), [3, 1], 2).map(({ chunk }) => chunk)).toEqual([1, 3]);
  });
});

test('agrees with sorting all of them, for any dimensions, limit and number of equal vectors', () => {
  const cases = fc.record({
    dimensions: fc.integer({ min: 1, max: 11 }),
    limit: fc.integer({ min: 1, max: 20 }),
    rows: fc.array(fc.array(fc.constantFrom(-0.5, 0, 0.25, 0.5), { minLength: 11, maxLength: 11 }), { maxLength: 60 }),
    query: fc.array(fc.constantFrom(-0.25, 0, 0.5), { minLength: 11, maxLength: 11 }),
  });
  fc.assert(
    fc.property(cases, ({ dimensions, limit, rows, query }) => {
      const [short, wanted] = [rows.map((row) => row.slice(0, dimensions)), query.slice(0, dimensions)];
      // Quarters and halves, so that sums are exact and equal vectors stay equal in any order of adding.
      const all = short.map((row, chunk) => ({ chunk, cosine: row.reduce<number>((sum, value, at) => sum + value * wanted[at]!, 0) }));
      const best = all.sort((left, right) => right.cosine - left.cosine || left.chunk - right.chunk).slice(0, limit);
      const found = nearestChunks(Float32Array.from(wanted), Float32Array.from(short.flat()), limit);
      expect(found.map(({ chunk }) => chunk)).toEqual(best.map(({ chunk }) => chunk));
    }),
  );
});
