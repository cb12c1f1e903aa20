import { describe, expect, test } from 'vitest';
import {
  estimateContradictions,
  estimateExpansion,
  estimatePanel,
  estimateReading,
  estimateRunAll,
  pairsPerQuery,
  queriesCovered,
  type EstimatedCell,
} from '../../../domain/cost/index.ts';
import { SEARCH_MODES } from '../../../schemas/vocabulary.ts';

const JUDGE = { input_per_million: 1, output_per_million: 5 };

function cells(questions: number): EstimatedCell[] {
  return SEARCH_MODES.flatMap((mode) => ['longmemeval', 'replay'].map((suite) => ({ suite, mode, questions })));
}

describe('run-all over three modes and two suites', () => {
  const all = { isExpanding: true, isAnswering: true };

  test('500 questions with expansion and answers: 1.03, 22.50, together 23.53', () => {
    expect(estimateRunAll(cells(500), all)).toMatchObject({ retrievalUsd: 1.03, answersUsd: 22.5, totalUsd: 23.53 });
  });

  test('100 questions: .206 and 4.50', () => {
    expect(estimateRunAll(cells(100), all)).toMatchObject({ retrievalUsd: 0.206, answersUsd: 4.5 });
  });

  test('without either: 0.03, which is the embedding', () => {
    expect(estimateRunAll(cells(500), { isExpanding: false, isAnswering: false })).toMatchObject({ retrievalUsd: 0.03, answersUsd: 0 });
  });

  test('expansion is charged in tokenmax alone, answers in longmemeval alone, and the cells add up', () => {
    const { cells: each, retrievalUsd, answersUsd } = estimateRunAll(cells(500), all);
    for (const { mode, suite, retrievalUsd: retrieval, answersUsd: answers } of each) {
      expect(retrieval).toBe(mode === 'tokenmax' ? 0.505 : 0.005);
      expect(answers).toBe(suite === 'longmemeval' ? 7.5 : 0);
    }
    expect(each.reduce((sum, cell) => sum + cell.retrievalUsd, 0)).toBeCloseTo(retrievalUsd, 12);
    expect(each.reduce((sum, cell) => sum + cell.answersUsd, 0)).toBeCloseTo(answersUsd, 12);
  });
});

describe('contradictions at $1 and $5', () => {
  const asked = (queries: number): number => estimateContradictions({ queries, pairs: queries * pairsPerQuery(5) }, JUDGE);

  test('five results make 20 pairs; .0180 for a query, .900 for 50', () => {
    expect(pairsPerQuery(5)).toBe(20);
    expect(asked(1).toFixed(4)).toBe('0.0180');
    expect(asked(50).toFixed(3)).toBe('0.900');
  });

  test('$1 is enough for 55 queries, $5 for 277', () => {
    expect([1, 5].map((usd) => queriesCovered(usd, 5, JUDGE))).toEqual([55, 277]);
  });

  test('CST-1: twice the pairs cost twice as much to judge; none still cost the embedding; nothing is enough for nothing', () => {
    const free = { input_per_million: 0, output_per_million: 0 };
    const judging = (pairs: number): number => estimateContradictions({ queries: 3, pairs }, JUDGE, free);
    expect(judging(40)).toBe(2 * judging(20));
    expect(estimateContradictions({ queries: 1, pairs: 0 }, JUDGE)).toBe(0.0000065);
    expect(queriesCovered(0, 5, JUDGE)).toBe(0);
  });
});

test('a panel: 5,000 tokens in and the most out, for each slot, question and cycle', () => {
  const slots = [JUDGE, { input_per_million: 3, output_per_million: 15 }];
  // One call of the first: .005 + 4,000 x 5 / 1M = .025; of the second three times that.
  expect(estimatePanel(slots, { questions: 10, cycles: 2, maxTokens: 4_000 })).toBe(2);
});

test('reading a result costs T x N x R; expansion is 0.0015 for a query at $1 and $5', () => {
  expect(estimateReading({ tokensPerChunk: 400, chunks: 25 }, 3)).toBe(0.03);
  expect(estimateExpansion(1)).toBe(0.0015);
  expect(estimateExpansion(100_000)).toBe(150);
});
