import { expect, test } from 'vitest';
import { comparisonOf } from '../../../support/compare-cells.ts';
import { cellOf } from '../../../support/compared-arms.ts';

/**
 * Seven questions, three arms. Margins of balanced over the better of the two others, by hand:
 * q1 0.9 - 0.5 = 0.4, q2 0.3 - 0.1 = 0.2, q3 0.2 - 0 = 0.2, q4 0.6 - 0.6 = 0, q5 0.1 - 0.8 = -0.7, q6 0 - 1 = -1, q7 1 - 0.8 = 0.2.
 */
const CELLS = [
  cellOf('conservative', 'ndcg@10', [0.5, 0.1, 0, 0.6, 0.8, 0, 0.2]),
  cellOf('balanced', 'ndcg@10', [0.9, 0.3, 0.2, 0.6, 0.1, 0, 1]),
  cellOf('tokenmax', 'ndcg@10', [0.5, 0, 0, 0.1, 0.8, 1, 0.8]),
];

test('wins are the three largest margins, ties by id although doubles differ in their last digits', () => {
  const balanced = comparisonOf(CELLS).wins_losses.find(({ arm }) => arm === 'balanced')!;
  expect(balanced.wins.map(({ question_id, margin }) => [question_id, margin])).toEqual([
    ['q1', 0.4],
    ['q2', 0.2],
    ['q3', 0.2],
  ]);
  expect(balanced.wins[0]).toEqual({
    question_id: 'q1',
    question: 'what does the harbour log say of q1',
    score: 0.9,
    best_other: 0.5,
    best_other_arm: 'conservative',
    margin: 0.4,
  });
});

test('losses are the most negative margins, fewer where there are fewer, and a tie is neither', () => {
  const balanced = comparisonOf(CELLS).wins_losses.find(({ arm }) => arm === 'balanced')!;
  expect(balanced.losses.map(({ question_id, margin, best_other_arm }) => [question_id, margin, best_other_arm])).toEqual([
    ['q6', -1, 'tokenmax'],
    ['q5', -0.7, 'conservative'],
  ]);
});

test('an arm without a question of its own has no win', () => {
  const conservative = comparisonOf(CELLS).wins_losses.find(({ arm }) => arm === 'conservative')!;
  expect(conservative.wins).toEqual([]);
  // q1 -0.4, q6 -1, q7 -0.8, q2 -0.2, q3 -0.2.
  expect(conservative.losses.map(({ question_id }) => question_id)).toEqual(['q6', 'q7', 'q1']);
});

test('they go by the headline, whichever metrics are compared', () => {
  const rows = (values: number[]) => values.map((value) => ({ 'ndcg@10': value, mrr: 1 - value }));
  const cells = CELLS.slice(0, 2).map(({ record, rows: own }, at) => ({
    record,
    rows: own.slice(0, 2).map((row, place) => ({ ...row, metrics: rows(at === 0 ? [0, 1] : [1, 0])[place]! })),
  }));
  const comparison = comparisonOf(cells, { metrics: ['mrr'] });
  expect(comparison.comparisons.map(({ metric }) => metric)).toEqual(['mrr']);
  expect(comparison.wins_losses[1]).toMatchObject({ arm: 'balanced', metric: 'ndcg@10', wins: [{ question_id: 'q1' }] });
});
