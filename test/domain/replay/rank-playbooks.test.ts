import { describe, expect, test } from 'vitest';
import { rankPlaybooks } from '../../../domain/replay/index.ts';
import { playbook } from './playbooks.ts';

const ROWS = [
  playbook('c', 'Open the lock', 'Ring bell.'),
  playbook('a', 'Open the lock', 'Ring bell.'),
  playbook('b', 'Feed the gulls', 'Throw bread.'),
  playbook('d', 'Open the lock', 'Ring bell, wait, ring again, wave lantern, shout, whistle.'),
];

function ranked(task: string, retriever: 'jaccard' | 'bm25', topK = 8): [string, number][] {
  return rankPlaybooks(task, ROWS, { retriever, topK }).map(({ row, score }) => [row.id, Number(score.toFixed(6))]);
}

describe('jaccard', () => {
  test('distinct words in common over distinct words of both; equal ones by id', () => {
    // Of the task: open, lock, bell. Of a and c: open, lock, ring, bell: 3 of 4. Of d besides: wait, wave, lantern, shout, whistl: 3 of 9.
    expect(ranked('How do I open the lock with a bell?', 'jaccard')).toEqual([
      ['a', 0.75],
      ['c', 0.75],
      ['d', 0.333333],
    ]);
  });

  test('at most K of them', () => {
    expect(ranked('Open the lock', 'jaccard', 1)).toEqual([['a', 0.5]]);
  });

  test('function words find nothing', () => {
    expect(ranked('What is the one that was with me?', 'jaccard')).toEqual([]);
    expect(ranked('', 'jaccard')).toEqual([]);
  });
});

describe('bm25', () => {
  test('a rare word counts, a repeated one of the task once, a long row less', () => {
    // gulls stands in one row of four: ln(1 + 3.5 / 1.5) = 1.203973; that row has 4 of (4 + 4 + 4 + 10) / 4 = 5.5 words on average.
    const norm = 0.9 * (1 - 0.4 + (0.4 * 4) / 5.5);
    const expected = (Math.log(1 + 3.5 / 1.5) * 1.9) / (1 + norm);
    expect(ranked('gulls gulls', 'bm25')).toEqual([['b', Number(expected.toFixed(6))]]);
  });

  test('equal ones by id, the long one last', () => {
    expect(ranked('bell', 'bm25').map(([id]) => id)).toEqual(['a', 'c', 'd']);
  });

  test('finds nothing in nothing', () => {
    expect(rankPlaybooks('bell', [], { retriever: 'bm25', topK: 8 })).toEqual([]);
    expect(ranked('of the', 'bm25')).toEqual([]);
  });
});
