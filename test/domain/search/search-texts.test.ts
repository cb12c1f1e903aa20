import { describe, expect, test } from 'vitest';
import { analyze, fuseRanks, KeywordIndex, SearchableTexts } from '../../../domain/search/index.ts';

describe('analyzer', () => {
  test('folds, splits, drops stop words and stems', () => {
    expect(analyze('The ferries, and the ＦＥＲＲＹ of Kotor-2!')).toEqual(['ferri', 'ferri', 'kotor', '2']);
    expect(analyze('Ünïts über')).toEqual(['ünïts', 'über']);
    expect(analyze('… — !')).toEqual([]);
  });
});

describe('BM25', () => {
  // Lengths 2, 4 and 3, so the mean is 3.
  const index = new KeywordIndex(['tide table', 'tide tide pilot boat', 'pilot boat crew']);

  test('scores as worked out by hand', () => {
    // tide: N = 3, n = 2, idf = ln(1 + 1.5 / 2.5) = 0.470004. Document 0: norm = 0.9 * (0.6 + 0.4 * 2/3) = 0.78, 0.470004 * 1.9 / 1.78 = 0.501689.
    // Document 1: norm = 0.9 * (0.6 + 0.4 * 4/3) = 1.02, 0.470004 * 2 * 1.9 / 3.02 = 0.591396.
    const found = index.search('tides');
    expect(found.map(({ document }) => document)).toEqual([1, 0]);
    expect(found[0]!.score).toBeCloseTo(0.591396, 5);
    expect(found[1]!.score).toBeCloseTo(0.501689, 5);
  });

  test('finds by any term, and nothing by a term that no text has', () => {
    expect(index.search('crew table').map(({ document }) => document)).toEqual([0, 2]);
    expect(index.search('lighthouse')).toEqual([]);
    expect(new KeywordIndex([]).search('tide')).toEqual([]);
    expect(new KeywordIndex(['', '!']).search('tide')).toEqual([]);
  });
});

test('fusion adds the reciprocal ranks of both lists', () => {
  const list = (...documents: readonly number[]) => documents.map((document) => ({ document, score: 0 }));
  const fused = fuseRanks([list(7, 3, 5), list(3, 9)]);
  expect(fused.map(({ document }) => document)).toEqual([3, 7, 9, 5]);
  // Document 3 is second and first.
  expect(fused[0]!.score).toBeCloseTo(1 / 61 + 1 / 60, 12);
});

describe('arms', () => {
  const texts = new SearchableTexts(
    ['low tide at six', 'the pilot boat', 'when the water is lowest'],
    [
      [1, 0],
      [0, 1],
      [0.6, 0.8],
    ],
  );
  const query = { text: 'low tide', vector: [0.8, 0.6] };
  const found = (arms: 'hybrid' | 'semantic' | 'lexical', limit = 10) => texts.search(query, arms, limit).map(({ document }) => document);

  test('words alone, vectors alone, both', () => {
    expect(found('lexical')).toEqual([0]);
    // Cosines 0.8, 0.6 and 0.96.
    expect(found('semantic')).toEqual([2, 0, 1]);
    // Text 0: 1/60 + 1/61; text 2: 1/60.
    expect(found('hybrid')).toEqual([0, 2, 1]);
    expect(found('hybrid', 1)).toEqual([0]);
  });

  test('without the vector of the query there is no silent change of arms', () => {
    expect(() => texts.search({ text: 'low tide', vector: null }, 'hybrid', 10)).toThrow(RangeError);
    expect(texts.search({ text: 'low tide', vector: null }, 'lexical', 10)).toHaveLength(1);
  });
});
