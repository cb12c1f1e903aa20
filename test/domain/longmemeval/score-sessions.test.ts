import { describe, expect, test } from 'vitest';
import { isAbstention, rankedMetrics, scoreSessions } from '../../../domain/longmemeval/index.ts';
import { fc } from '../../support/fast-check.ts';

describe('LME-7: gold is held against raw ids', () => {
  test('any, all and fraction side by side, over distinct sessions', () => {
    const ranked = ['reef', 'reef', 'answer_280352e9', 'dune', 'answer_9'];
    expect(scoreSessions(ranked, ['answer_280352e9', 'answer_9'], [1, 2, 3, 4, 10])).toEqual({
      any: { 1: false, 2: true, 3: true, 4: true, 10: true },
      all: { 1: false, 2: false, 3: false, 4: true, 10: true },
      fraction: { 1: 0, 2: 0.5, 3: 0.5, 4: 1, 10: 1 },
      hit: true,
      goldTotal: 2,
      goldFound: 2,
    });
  });

  test('an id in another spelling is another id', () => {
    expect(scoreSessions(['Answer-280352e9', 'ANSWER_280352E9'], ['answer_280352e9'], [5])).toMatchObject({ hit: false, goldFound: 0 });
  });

  test('gold that is named twice counts once, and without gold there is no score', () => {
    expect(scoreSessions(['a'], ['a', 'a'], [1])).toMatchObject({ goldTotal: 1, fraction: { 1: 1 } });
    expect(scoreSessions(['a'], [], [1])).toBeNull();
  });

  test('no fraction is above 1, all implies any, and depth never takes anything away', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(fc.array(id), fc.array(id, { minLength: 1 }), (ranked, gold) => {
        const { all, any, fraction, goldFound, goldTotal } = scoreSessions(ranked, gold, [1, 2, 3, 5])!;
        const steps = [1, 2, 3, 5].map((k) => fraction[k]!);
        expect(steps).toEqual([...steps].sort((left, right) => left - right));
        for (const k of [1, 2, 3, 5]) {
          expect(all[k]).toBe(fraction[k] === 1);
          expect(any[k]).toBe(fraction[k]! > 0);
        }
        expect(goldFound).toBeLessThanOrEqual(goldTotal);
      }),
    );
  });
});

test('an id that ends in _abs, and no other, is one of abstention', () => {
  expect(['ferry_abs', 'ferry_abs_1', 'abs', 'x_ABS'].map(isAbstention)).toEqual([true, false, false, false]);
});

test('ranked metrics by hand: gold at ranks 2 and 4', () => {
  const metrics = rankedMetrics(['w', 'gull', 'x', 'tern'], ['gull', 'tern'], 4);
  expect(metrics.recall_any).toBe(1);
  expect(metrics.ndcg_any).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3)), 12);
  expect(rankedMetrics(['w', 'gull'], ['gull'], 1)).toEqual({ recall_any: 0, ndcg_any: 0 });
  expect(rankedMetrics(['w'], [], 1)).toEqual({ recall_any: 0, ndcg_any: 0 });
});
