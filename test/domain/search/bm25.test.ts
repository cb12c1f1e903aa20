import { describe, expect, test } from 'vitest';
import { bestRows } from '../../../domain/search/best-rows.ts';
import { analyze, KeywordIndex } from '../../../domain/search/index.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';
import { fc } from '../../support/fast-check.ts';
import { keywordsOf, page, phrase } from '../../support/search-pages.ts';

function ranked(pages: readonly SearchPage[], query: string): [slug: string, score: number][] {
  const { index, arm } = keywordsOf(pages);
  return arm.rankPages(query, pages.length, 'bm25').map(({ page: number, score }) => [index.page(number).slug, score]);
}

describe('BM25, worked out by hand', () => {
  // Three pages of 3, 2 and 1 terms: 2 on average.
  const pages = [
    page({ slug: 'quay', text: 'harbour harbour tide' }),
    page({ slug: 'boat', text: 'tide pilot' }),
    page({ slug: 'farm', text: 'orchard' }),
  ];

  test('a term of two pages out of three', () => {
    // idf = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6. boat has the mean length: k1 * 1 = 0.9. quay: 0.9 * (0.6 + 0.4 * 3/2) = 1.08.
    const found = ranked(pages, 'tides');
    expect(found.map(([slug]) => slug)).toEqual(['boat', 'quay']);
    expect(found[0]![1]).toBeCloseTo(Math.log(1.6), 12);
    expect(found[1]![1]).toBeCloseTo((Math.log(1.6) * 1.9) / 2.08, 12);
  });

  test('a term that stands twice, beside one that stands once', () => {
    // harbour: idf = ln(1 + 2.5 / 1.5), f = 2.
    const [[slug, score]] = ranked(pages, 'harbour tide') as [[string, number]];
    expect(slug).toBe('quay');
    expect(score).toBeCloseTo((Math.log(8 / 3) * 2 * 1.9) / (2 + 1.08) + (Math.log(1.6) * 1.9) / 2.08, 12);
  });

  test('any word may be missing, a word that is asked for twice counts twice, one that nobody has not at all', () => {
    const [[, once], [, second]] = ranked(pages, 'orchard tide lighthouse') as [[string, number], [string, number]];
    expect(once).toBeGreaterThan(second);
    expect(ranked(pages, 'tide tide')[0]![1]).toBeCloseTo(2 * Math.log(1.6), 12);
    expect(ranked(pages, 'lighthouse')).toEqual([]);
  });

  test('the title is part of the page, and counts once', () => {
    const titled = [
      page({ slug: 'a', title: 'Tide', text: 'pilot' }),
      page({ slug: 'b', text: 'tide pilot' }),
      page({ slug: 'c', text: 'orchard' }),
    ];
    const found = ranked(titled, 'tide');
    expect(found[0]![1]).toBe(found[1]![1]);
    // A page without text has its title as its chunk.
    const bare = [page({ slug: 'a', title: 'tide pilot' }), page({ slug: 'b', text: 'tide pilot' }), page({ slug: 'c', text: 'orchard' })];
    expect(ranked(bare, 'tide').map(([, score]) => score)).toEqual(found.map(([, score]) => score));
  });

  test('compiled truth, timeline and body are all searched', () => {
    const parts = page({ slug: 'a', compiled_truth: 'harbour', timeline: 'tide', text: 'pilot' });
    for (const query of ['harbour', 'tide', 'pilot']) expect(ranked([parts, page({ slug: 'b', text: 'orchard' })], query)).toHaveLength(1);
  });

  test('a query of nothing but stop words is searched by them, all words counting; any other without', () => {
    // Lengths with all words: 4, 2, 2; their mean is 8/3. `the`: 2 pages of 3, idf = ln 1.6; `who` is no stop word.
    const band = [
      page({ slug: 'band', text: 'the who the pier' }),
      page({ slug: 'quay', title: 'The quay' }),
      page({ slug: 'farm', text: 'tide who' }),
    ];
    const found = ranked(band, 'The');
    expect(found.map(([slug]) => slug)).toEqual(['band', 'quay']);
    expect(found[0]![1]).toBeCloseTo((Math.log(1.6) * 2 * 1.9) / (2 + 0.9 * (0.6 + 0.4 * 1.5)), 12);
    expect(found[1]![1]).toBeCloseTo((Math.log(1.6) * 1.9) / (1 + 0.9 * (0.6 + 0.4 * 0.75)), 12);
    expect(ranked(band, 'the who').map(([slug]) => slug)).toEqual(['band', 'farm']);
    const { index, arm } = keywordsOf([page({ slug: 'long', text: `${'rope '.repeat(300)}\n\nto be or not` }), ...band]);
    expect(arm.search('to be', 5, 'fielded').map(({ chunk }) => index.chunkText(chunk))).toEqual(['to be or not']);
  });

  test('an empty query finds nothing, and nothing is found where nothing is', () => {
    expect([ranked(pages, ''), ranked(pages, '?!'), ranked([], 'tide'), ranked([], 'the')]).toEqual([[], [], [], []]);
  });

  test('equal scores are ordered by key, in whatever order pages came', () => {
    const same = ['c', 'a', 'b'].map((slug) => page({ slug, text: 'tide' }));
    const sources = [page({ source_id: 'wiki', slug: 'a', text: 'tide' }), ...same];
    expect(ranked(same, 'tide').map(([slug]) => slug)).toEqual(['a', 'b', 'c']);
    const { index, arm } = keywordsOf(sources);
    expect(arm.rankPages('tide', 3, 'bm25').map(({ page: number }) => index.key(number))).toEqual([
      'default::a',
      'default::b',
      'default::c',
    ]);
  });

  test('is the same whether texts are indexed in memory or as pages of a file', () => {
    fc.assert(
      fc.property(
        fc.array(phrase, { minLength: 1, maxLength: 8 }),
        phrase.map((words) => `pilot ${words}`),
        (texts, query) => {
          const inMemory = new KeywordIndex(texts).search(query).map(({ document, score }) => [`p${document}`, score]);
          expect(
            ranked(
              texts.map((text, at) => page({ slug: `p${at}`, text })),
              query,
            ),
          ).toEqual(inMemory);
        },
      ),
    );
  });

  test('scores any pages as the formula says, term by term', () => {
    fc.assert(
      fc.property(
        fc.array(phrase, { minLength: 1, maxLength: 8 }),
        phrase.map((words) => `pilot ${words}`),
        (texts, query) => {
          const rows = texts.map(analyze);
          const mean = rows.reduce((sum, row) => sum + row.length, 0) / rows.length;
          const expected = rows.flatMap((row, at) => {
            const score = analyze(query).reduce((sum, term) => {
              const [n, f] = [rows.filter((other) => other.includes(term)).length, row.filter((other) => other === term).length];
              const idf = Math.log(1 + (rows.length - n + 0.5) / (n + 0.5));
              return f === 0 ? sum : sum + (idf * f * 1.9) / (f + 0.9 * (0.6 + (0.4 * row.length) / mean));
            }, 0);
            return score > 0 ? [[`p${at}`, score] as const] : [];
          });
          const found = new Map(
            ranked(
              texts.map((text, at) => page({ slug: `p${at}`, text })),
              query,
            ),
          );
          expect([...found.keys()].sort()).toEqual(expected.map(([slug]) => slug).sort());
          for (const [slug, score] of expected) expect(found.get(slug)).toBeCloseTo(score, 10);
        },
      ),
    );
  });
});

describe('the best rows', () => {
  test('are those that sorting all of them would give, whatever the scores', () => {
    const score = fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.double({ min: 0, max: 4, noNaN: true }));
    fc.assert(
      fc.property(fc.array(score, { maxLength: 60 }), fc.integer({ min: 0, max: 70 }), fc.boolean(), (scores, limit, isReversed) => {
        const order = Uint32Array.from(scores.keys(), (row) => (isReversed ? scores.length - 1 - row : row));
        const sorted = [...scores.keys()]
          .filter((row) => scores[row]! > 0)
          .sort((left, right) => scores[right]! - scores[left]! || order[left]! - order[right]!);
        expect([...bestRows(Float64Array.from(scores), limit, order)]).toEqual(sorted.slice(0, limit));
      }),
      { numRuns: 1_000 },
    );
  });
});
