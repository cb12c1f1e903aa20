import { expect, test } from 'vitest';
import { meanScores } from '../../../../domain/bench/retrieval/mean-scores.ts';
import { scoreItem, type RankedResult } from '../../../../domain/bench/retrieval/score-item.ts';
import { fc } from '../../../support/fast-check.ts';

const GOLDEN = 'shell-harbour-restart';

/** Results of which the ones at these ranks were made from the golden. */
function resultsWith(ranks: readonly number[], length: number, golden = GOLDEN): RankedResult[] {
  return Array.from({ length }, (_, index) => ({
    id: `note-${index + 1}`,
    source_ids: ranks.includes(index + 1) ? ['claude-other', golden] : [`browser-${index + 1}`],
  }));
}

function figures(results: readonly RankedResult[], goldens: readonly string[] = [GOLDEN]): number[] {
  const { hit_at_k, mrr, ndcg_at_10 } = scoreItem(results, goldens);
  return [hit_at_k['1'], hit_at_k['3'], hit_at_k['5'], hit_at_k['10'], mrr, ndcg_at_10].map((value) => Number(value.toFixed(6)));
}

test.each([
  ['M1', 1, [1, 1, 1, 1, 1, 1]],
  ['M2', 2, [0, 1, 1, 1, 0.5, 0.63093]],
  ['M3', 3, [0, 1, 1, 1, 0.333333, 0.5]],
  ['rank 4', 4, [0, 0, 1, 1, 0.25, 0.430677]],
  ['M5', 5, [0, 0, 1, 1, 0.2, 0.386853]],
  ['rank 6', 6, [0, 0, 0, 1, 0.166667, 0.356207]],
  ['M6', 10, [0, 0, 0, 1, 0.1, 0.289065]],
  ['M7', 11, [0, 0, 0, 0, 0.090909, 0]],
])('%s: golden at rank %i', (_, rank, expected) => {
  expect(figures(resultsWith([rank], 11))).toEqual(expected);
  expect(scoreItem(resultsWith([rank], 11), [GOLDEN]).rank).toBe(rank);
});

test('M8: golden absent, or no results at all', () => {
  for (const results of [resultsWith([], 10), []]) {
    expect(figures(results)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(scoreItem(results, [GOLDEN]).rank).toBeNull();
  }
});

test('M10: the id of a result is no link, only its event id and its sources are', () => {
  const namesake: RankedResult = { id: GOLDEN, source_ids: ['shell-other'] };
  expect(figures([namesake])).toEqual([0, 0, 0, 0, 0, 0]);
  expect(scoreItem([namesake, { id: 'note', event_id: GOLDEN, source_ids: [] }], [GOLDEN]).rank).toBe(2);
});

test('ids are compared as they are: no trimming, no case, no numbers', () => {
  const results: RankedResult[] = [{ id: 'note', source_ids: [' shell-7', 'SHELL-7', 'shell-07', 'claude-7'] }];
  expect(scoreItem(results, ['shell-7']).rank).toBeNull();
});

test('M12: the means of eight items', () => {
  const items = [5, 1, 3, 5, 5, 3, 2, 5].map((rank) => scoreItem(resultsWith([rank], 10), [GOLDEN]));
  const means = meanScores(items);
  expect([means.hit_at_1, means.hit_at_3, means.hit_at_5, means.hit_at_10]).toEqual([0.125, 0.5, 1, 1]);
  expect(means.mrr).toBeCloseTo(0.370833, 6);
  expect(means.ndcg_at_10).toBeCloseTo(0.522293, 6);
  expect(means.scored_count).toBe(8);
});

test('M13: without scored items nothing was measured', () => {
  expect(meanScores([])).toEqual({
    hit_at_1: null,
    hit_at_3: null,
    hit_at_5: null,
    hit_at_10: null,
    mrr: null,
    ndcg_at_10: null,
    scored_count: 0,
  });
});

test('later results of the same golden add nothing', () => {
  expect(figures(resultsWith([2, 3, 4], 10))).toEqual(figures(resultsWith([2], 10)));
});

test('of several goldens the first found is the rank, and each counts once in nDCG, against an ideal of all of them', () => {
  const results: RankedResult[] = [
    { id: 'a', source_ids: ['shell-1'] },
    { id: 'b', source_ids: ['shell-other'] },
    { id: 'c', source_ids: ['shell-2', 'shell-1'] },
  ];
  const score = scoreItem(results, ['shell-2', 'shell-1', 'shell-3']);
  expect(score.rank).toBe(1);
  // (1 + 1/log2(4)) / (1 + 1/log2(3) + 1/log2(4)) = 1.5 / 2.130930
  expect(score.ndcg_at_10).toBeCloseTo(0.703918, 6);
});

test('the ideal holds all goldens although few results came back, and at most ten', () => {
  const goldens = Array.from({ length: 12 }, (_, index) => `shell-${index}`);
  // One of twelve at rank 1: 1 / (the sum of 1/log2(i + 1) for i = 1..10) = 1 / 4.543559
  expect(scoreItem([{ id: 'a', source_ids: ['shell-0'] }], goldens).ndcg_at_10).toBeCloseTo(0.220092, 6);
  expect(
    scoreItem(
      goldens.map((id) => ({ id: 'x', source_ids: [id] })),
      goldens,
    ).ndcg_at_10,
  ).toBeCloseTo(1, 12);
});

test('a golden named twice is one golden', () => {
  expect(figures(resultsWith([1], 3), [GOLDEN, GOLDEN])).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a question that nothing answers cannot be scored', () => {
  expect(() => scoreItem([], [])).toThrow('expected at least one event that answers it');
});

test('every figure lies between 0 and 1, and a worse rank is never worth more', () => {
  const results = fc.array(fc.record({ id: fc.string(), source_ids: fc.array(fc.constantFrom('a', 'b', 'c', 'd')) }), { maxLength: 20 });
  fc.assert(
    fc.property(results, fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), (list, goldens) => {
      const before = scoreItem(list, goldens);
      const after = scoreItem([{ id: 'first', source_ids: [] }, ...list], goldens);
      for (const value of [before.mrr, before.ndcg_at_10]) expect(value).toBeGreaterThanOrEqual(0);
      for (const value of [before.mrr, before.ndcg_at_10]) expect(value).toBeLessThanOrEqual(1);
      expect(after.mrr).toBeLessThanOrEqual(before.mrr);
      expect(after.ndcg_at_10).toBeLessThanOrEqual(before.ndcg_at_10);
    }),
  );
});
