import { expect, test } from 'vitest';
import { blendPages, rowId, type NamedList } from '../../../domain/search/index.ts';
import { fc } from '../../support/fast-check.ts';
import { candidate, candidateLists } from '../../support/search-candidates.ts';

test('words and meaning each make half of a page, scaled over their lists', () => {
  const cosines = { a: 0.4, b: 0.9, c: 0.4, d: 0.8 };
  const words = (['a', 'b', 'c'] as const).map((slug, at) => candidate({ slug, score: [12, 8, 4][at]!, cosine: cosines[slug] }));
  const meanings = (['b', 'd', 'a'] as const).map((slug) =>
    candidate({ slug, arms: ['vector'], score: cosines[slug], cosine: cosines[slug] }),
  );
  const blended = blendPages(
    [
      { arm: 'keyword', weight: 1, rows: words },
      { arm: 'vector', weight: 1, rows: meanings },
    ],
    null,
  );
  // a: 0.5 * 1 + 0.5 * 0. b: 0.5 * 0.5 + 0.5 * 1 = 0.75. c: 0. d: 0.5 * 0.8 = 0.4. Highest 0.75.
  expect(blended.map(({ slug }) => slug)).toEqual(['b', 'a', 'd', 'c']);
  for (const [at, expected] of [1, 0.5 / 0.75, 0.4 / 0.75, 0].entries()) expect(blended[at]!.score).toBeCloseTo(expected, 12);
});

test('two arms that find a page by different chunks both count for it; its second chunk counts half', () => {
  const page = { slug: 'pears' };
  const lists: NamedList[] = [
    {
      arm: 'keyword',
      weight: 1,
      rows: [candidate({ ...page, chunk_id: 1, score: 5, cosine: 0.2 }), candidate({ slug: 'plums', chunk_id: 9, score: 1, cosine: 0.1 })],
    },
    {
      arm: 'vector',
      weight: 1,
      rows: [
        candidate({ ...page, chunk_id: 2, arms: ['vector'], score: 0.6, cosine: 0.6 }),
        candidate({ slug: 'quinces', chunk_id: 4, arms: ['vector'], score: 0.5, cosine: 0.5 }),
      ],
    },
  ];
  const blended = blendPages(lists, null);
  // pears has 0.5 * 1 + 0.5 * 1 = 1, once in full and once by half. The others are last in their lists.
  expect(blended.map(({ slug, chunk_id: chunk, score }) => [slug, chunk, score])).toEqual([
    ['pears', 1, 1],
    ['pears', 2, 0.5],
    ['plums', 9, 0],
    ['quinces', 4, 0],
  ]);
});

test('where all that was found by meaning is equally near, pages that were not found so get nothing for it', () => {
  const words = ['apples', 'pears'].map((slug, at) => candidate({ slug, score: 2 - at, cosine: at }));
  const near = candidate({ slug: 'pears', arms: ['vector'], score: 1, cosine: 1 });
  const blended = blendPages(
    [
      { arm: 'keyword', weight: 1, rows: words },
      { arm: 'vector', weight: 0.5, rows: [near] },
    ],
    null,
  );
  // Words count 0.5 / 0.75 of a page, meaning 0.25 / 0.75: apples 2/3 and nothing, pears nothing and 1/3.
  expect(blended.map(({ slug }) => slug)).toEqual(['apples', 'pears']);
  expect(blended[1]!.score).toBeCloseTo(0.5, 12);
});

test('without vectors the order is that of the words', () => {
  const rows = [3, 2, 1].map((score, at) => candidate({ slug: 'abc'[at]!, score }));
  expect(blendPages([{ arm: 'keyword', weight: 1, rows }], null).map(({ slug }) => slug)).toEqual(['a', 'b', 'c']);
  expect(blendPages([], null)).toEqual([]);
});

test('every row once, best first from 1 down, whatever the lists', () => {
  fc.assert(
    fc.property(candidateLists, candidateLists, (words, meanings) => {
      const lists: NamedList[] = [
        { arm: 'keyword', weight: 1, rows: words },
        { arm: 'vector', weight: 1.2, rows: meanings.map((row) => ({ ...row, cosine: row.score })) },
      ];
      const before = structuredClone(lists);
      const blended = blendPages(lists, 'low');
      expect(new Set(blended.map(rowId))).toEqual(new Set([...words, ...meanings].map(rowId)));
      expect(new Set(blended.map(rowId)).size).toBe(blended.length);
      for (const [at, row] of blended.entries()) expect(row.score).toBeLessThanOrEqual(at === 0 ? 1 : blended[at - 1]!.score);
      expect(lists).toEqual(before);
    }),
  );
});
