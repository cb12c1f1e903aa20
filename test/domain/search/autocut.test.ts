import { describe, expect, test } from 'vitest';
import { autocut } from '../../../domain/search/index.ts';
import { fc } from '../../support/fast-check.ts';
import { candidate } from '../../support/search-candidates.ts';

const LIMITS = { jump: 0.2, minTop: 0.35, minKeep: 1 };
const rows = (...scores: readonly (number | null)[]) => scores.map((rerank_score, at) => candidate({ chunk_id: at, rerank_score }));
const kept = (scores: readonly (number | null)[], limits = LIMITS) => autocut(rows(...scores), limits).map(({ chunk_id }) => chunk_id);

describe('autocut', () => {
  test('AUT-1 ends the list at the steepest fall', () => {
    expect(kept([0.9, 0.85, 0.2, 0.1])).toEqual([0, 1]);
    expect(kept([0.95, 0.1, 0.08, 0.05])).toEqual([0]);
    expect(kept([0.5, 0.5, 0.5])).toEqual([0, 1, 2]);
    expect(kept([0.9, 0.8, 0.7, 0.6])).toEqual([0, 1, 2, 3]);
    expect(kept([0.34, 0.1])).toEqual([0, 1]);
    expect(kept([0.35, 0.1])).toEqual([0]);
  });

  test('AUT-3 with nothing to go by it changes nothing, and scores that are not finite are none', () => {
    expect(kept([])).toEqual([]);
    expect(kept([0.9])).toEqual([0]);
    expect(kept([0.9, null, NaN, Infinity])).toEqual([0, 1, 2, 3]);
    expect(kept([0, -1])).toEqual([0, 1]);
    expect(kept([-0.1, -5])).toEqual([0, 1]);
    expect(kept([0.9, NaN, 0.1])).toEqual([0, 1]);
    expect(kept([null, null])).toEqual([0, 1]);
  });

  test('AUT-4 preserved rows survive, with a score or without', () => {
    const list = [
      ...rows(0.9, 0.1),
      candidate({ chunk_id: 7, flags: ['preserved'] }),
      candidate({ chunk_id: 8, rerank_score: 0.05, flags: ['preserved'] }),
    ];
    expect(autocut(list, LIMITS).map(({ chunk_id }) => chunk_id)).toEqual([0, 7, 8]);
  });

  test.each([0, 5, NaN])('AUT-4 a jump of %s is ignored: 0.2 counts', (jump) => {
    expect(kept([0.9, 0.72, 0.71], { ...LIMITS, jump })).toEqual([0]);
    expect(kept([0.9, 0.73, 0.72], { ...LIMITS, jump })).toEqual([0, 1, 2]);
  });

  test('keeps as many as it must, and the order it was given', () => {
    expect(kept([0.9, 0.1, 0.08], { ...LIMITS, minKeep: 2 })).toEqual([0, 1]);
    expect(kept([0.9, 0.1], { ...LIMITS, minKeep: 9 })).toEqual([0, 1]);
    expect(kept([0.1, 0.85, 0.2, 0.9])).toEqual([1, 3]);
  });

  test('holds of any scores: the best one stays, at least as many as must, none but lower ones go', () => {
    const score = fc.option(fc.integer({ min: -5, max: 100 }).map((percent) => percent / 100));
    fc.assert(
      fc.property(fc.array(score, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (scores, minKeep) => {
        const left = kept(scores, { ...LIMITS, minKeep });
        const lost = scores.filter((_, at) => !left.includes(at));
        const stayed = scores.filter((value, at): value is number => left.includes(at) && value !== null);
        expect(lost).not.toContain(null);
        for (const value of lost) expect(value!).toBeLessThan(Math.min(...stayed));
        expect(left.length).toBeGreaterThanOrEqual(Math.min(minKeep, scores.length));
      }),
    );
  });
});
