import { describe, expect, test } from 'vitest';
import { PlaybookIndex, sharesWord, type WordRetriever } from '../../../domain/replay/index.ts';
import { tokensOf } from '../../../domain/replay/tokens.ts';
import type { RagRow } from '../../../schemas/export-rows.ts';
import { fc } from '../../support/fast-check.ts';
import { playbook } from './playbooks.ts';

const ROWS = [
  playbook('c', 'Open the lock', 'Ring bell.'),
  playbook('a', 'Open the lock', 'Ring bell.'),
  playbook('b', 'Feed the gulls', 'Throw bread.'),
  playbook('d', 'Open the lock', 'Ring bell, wait, ring again, wave lantern, shout, whistle.'),
];

const INDEX = new PlaybookIndex(ROWS);

function ranked(task: string, retriever: WordRetriever, topK = 8): [string, number][] {
  return INDEX.rank(task, { retriever, topK }).map(({ row, score }) => [row.id, Number(score.toFixed(6))]);
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
    for (const retriever of ['jaccard', 'bm25'] as const) expect(new PlaybookIndex([]).rank('bell', { retriever, topK: 8 })).toEqual([]);
    expect(ranked('of the', 'bm25')).toEqual([]);
  });
});

test('a word in common is none of the function words, in whatever form it stands', () => {
  expect(sharesWord('Who opens the locks?', 'The lock is opened by the keeper.')).toBe(true);
  expect(sharesWord('What was it that is with me?', 'What was it that is with me?')).toBe(false);
});

describe('every corpus and task: the rows and scores of whoever looks at each row anew', () => {
  const WORDS = ['lock', 'locks', 'bell', 'gull', 'the', 'of', 'lantern', 'tide', 'LOCK_7'];
  const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join(' '));
  const id = fc.constantFrom('a', 'b', 'c', 'ä', 'B', '\u{1F41F}');
  const corpus = fc.array(fc.tuple(id, text), { maxLength: 12 }).map((rows) => rows.map(([name, words]) => playbook(name, 'Tide', words)));

  test.each(['jaccard', 'bm25'] as const)('%s', (retriever) => {
    fc.assert(
      fc.property(corpus, text, fc.integer({ min: 1, max: 14 }), (rows, task, topK) => {
        const found = new PlaybookIndex(rows).rank(task, { retriever, topK });
        const expected = looked(rows, task, retriever).slice(0, topK);
        expect(found.map(({ row }) => rows.indexOf(row))).toEqual(expected.map(({ place }) => place));
        for (const [at, { score }] of found.entries()) expect(score).toBeCloseTo(expected[at]!.score, 12);
      }),
    );
  });
});

/** Places of rows with their scores, straight from the definitions. */
function looked(rows: readonly RagRow[], task: string, retriever: WordRetriever): { place: number; score: number }[] {
  const asked = [...new Set(tokensOf(task))];
  const texts = rows.map(({ content }) => tokensOf(content));
  const mean = texts.reduce((sum, { length }) => sum + length, 0) / texts.length;
  const jaccard = (own: string[]): number => {
    const shared = asked.filter((token) => own.includes(token)).length;
    return shared === 0 ? 0 : shared / new Set([...asked, ...own]).size;
  };
  const bm25 = (own: string[]): number => {
    let score = 0;
    for (const token of asked) {
      const holding = texts.filter((text) => text.includes(token)).length;
      const count = own.filter((one) => one === token).length;
      const idf = Math.log(1 + (texts.length - holding + 0.5) / (holding + 0.5));
      score += (idf * count * 1.9) / (count + 0.9 * (0.6 + (0.4 * own.length) / mean));
    }
    return score;
  };
  return texts
    .map((own, place) => ({ place, score: retriever === 'jaccard' ? jaccard(own) : bm25(own), id: rows[place]!.id }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => {
      // Sums in another order of the same addends may differ in their last digits, and are equal all the same.
      if (Math.abs(left.score - right.score) > 1e-12) return right.score - left.score;
      return left.id === right.id ? left.place - right.place : pointsOf(left.id) < pointsOf(right.id) ? -1 : 1;
    });
}

/** Sorts as code points do. */
function pointsOf(id: string): string {
  return Array.from(id, (point) => point.codePointAt(0)!.toString(16).padStart(6, '0')).join();
}
