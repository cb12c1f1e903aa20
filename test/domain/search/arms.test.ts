import { describe, expect, test } from 'vitest';
import { nearestChunks, searchTitles, searchVectors, walkLinks, type Found, type SearchIndex } from '../../../domain/search/index.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';
import { indexOf, keywordsOf, page } from '../../support/search-pages.ts';

/** As many words as fill a chunk, none of which is searched for. */
const filling = (word: string): string => Array.from({ length: 300 }, () => word).join(' ');

const told = (index: SearchIndex, found: readonly Found[]): string[] =>
  found.map(({ chunk }) => `${index.page(index.pageOfChunk(chunk)).slug}/${index.chunk(chunk).ordinal}`);
const slugs = (index: SearchIndex, found: readonly { readonly page: number }[]): string[] => found.map((one) => index.page(one.page).slug);

describe('keyword arm', () => {
  // Of a, the second chunk is about tides; of b, both are, the second one more.
  const pages = [
    page({ slug: 'a', text: `${filling('rope')}\n\ntide tide tide tide pier` }),
    page({ slug: 'b', text: `tide ${filling('sail')}\n\ntide tide mast` }),
    page({ slug: 'c', text: 'tide' }),
  ];

  test('shows the best chunk of each page in the order of pages, then the second-best ones; none without a word of the query', () => {
    const { index, arm } = keywordsOf(pages);
    expect(index.chunkCount).toBe(5);
    const order = slugs(index, arm.rankPages('tide', 10, 'bm25'));
    expect(order.toSorted()).toEqual(['a', 'b', 'c']);
    const best: Record<string, string> = { a: 'a/1', b: 'b/1', c: 'c/0' };
    expect(told(index, arm.search('tide', 10, 'bm25'))).toEqual([...order.map((slug) => best[slug]!), 'b/0']);
    expect(told(index, arm.search('tide', 2, 'bm25'))).toEqual(order.slice(0, 2).map((slug) => best[slug]!));
  });

  test('shows the first chunk of a page that only its title speaks for', () => {
    const { index, arm } = keywordsOf([page({ slug: 'a', title: 'Tides', text: `${filling('rope')}\n\n${filling('sail')}` }), pages[2]!]);
    expect(told(index, arm.search('tide', 10, 'bm25'))).toEqual(expect.arrayContaining(['a/0', 'c/0']));
  });

  test('looks again when pages that may not be shown took the places of others', () => {
    const hidden = Array.from({ length: 500 }, (_, at) => page({ slug: `test/${at}`, text: 'tide' }));
    const shown = ['x', 'y', 'z'].map((slug) => page({ slug, text: 'tide and pilot and pier' }));
    const { index, arm } = keywordsOf([...hidden, ...shown]);
    const isAllowed = (number: number): boolean => !index.page(number).slug.startsWith('test/');
    expect(slugs(index, arm.rankPages('tide', 2, 'bm25', isAllowed))).toEqual(['x', 'y']);
    expect(slugs(index, arm.rankPages('tide', 50, 'fielded', isAllowed))).toEqual(['x', 'y', 'z']);
    expect(arm.rankPages('tide', 5, 'bm25', () => false)).toEqual([]);
  });
});

describe('vector arm', () => {
  /** Each chunk has the vector that is given for it. */
  const search = (
    pages: readonly SearchPage[],
    vectors: readonly (readonly number[])[],
    limit: number,
    isAllowed?: (slug: string) => boolean,
  ) => {
    const index = indexOf(pages);
    const all = Float32Array.from(vectors.flat());
    const found = searchVectors(
      index,
      (most) => nearestChunks(Float32Array.of(1, 0), all, most),
      limit,
      isAllowed === undefined ? undefined : (number) => isAllowed(index.page(number).slug),
    );
    return told(index, found);
  };
  const twoChunks = (slug: string): SearchPage => page({ slug, text: `${filling('rope')}\n\n${filling('sail')}` });

  test('shows the best chunk of each page first, then the second-best ones in the order of pages', () => {
    const vectors = [
      [0.5, 0.5],
      [0.9, 0.1],
      [0.8, 0.2],
      [0.7, 0.3],
    ];
    expect(search([twoChunks('a'), twoChunks('b')], vectors, 10)).toEqual(['a/1', 'b/0', 'a/0', 'b/1']);
    expect(search([twoChunks('a'), twoChunks('b')], vectors, 3)).toEqual(['a/1', 'b/0', 'a/0']);
  });

  test('orders equal cosines by key, and leaves out what has nothing in common', () => {
    const pages = ['c', 'a', 'b', 'z'].map((slug) => page({ slug, text: slug }));
    const vectors = [
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ];
    expect(search(pages, vectors, 10)).toEqual(['a/0', 'b/0', 'c/0']);
  });

  test('looks again when chunks that may not be shown took the places of others', () => {
    const pages = [...Array.from({ length: 100 }, (_, at) => page({ slug: `test/${at}`, text: 'x' })), page({ slug: 'a', text: 'y' })];
    const vectors = pages.map(({ slug }) => (slug === 'a' ? [0.1, 0.9] : [1, 0]));
    expect(search(pages, vectors, 2, (slug) => slug === 'a')).toEqual(['a/0']);
    expect(search(pages, vectors, 2, () => false)).toEqual([]);
  });

  test('looks again when the chunks of one long page took the places of others', () => {
    const long = page({ slug: 'a', text: Array.from({ length: 12 }, () => filling('rope')).join('\n\n') });
    const vectors = [...Array.from({ length: 12 }, () => [1, 0]), [0.5, 0.5]];
    expect(search([long, page({ slug: 'b', text: 'sail' })], vectors, 2)).toEqual(['a/0', 'b/0']);
  });
});

describe('title arm', () => {
  const index = indexOf([
    page({ slug: 'long', title: 'The Old Quay of Kotor' }),
    page({ slug: 'short', title: 'Kotor' }),
    page({ slug: 'other', title: 'Other', aliases: ['Old-Quay', 'KOTOR'] }),
    page({ slug: 'bare', title: '' }),
  ]);

  test('finds titles and aliases that stand in the query as phrases, the longest first, then by key', () => {
    expect(searchTitles(index, 'who owns the OLD quay of Kotor?', 10)).toEqual([
      { page: 0, score: 5 },
      { page: 2, score: 2 },
      { page: 1, score: 1 },
    ]);
  });

  test('asks for whole words in their order', () => {
    expect(searchTitles(index, 'quay old kotors', 10)).toEqual([]);
    expect(searchTitles(index, '', 10)).toEqual([]);
  });

  test('brings as many as wanted, of those that may be shown', () => {
    expect(slugs(index, searchTitles(index, 'kotor', 1))).toEqual(['other']);
    expect(
      slugs(
        index,
        searchTitles(index, 'kotor', 1, (number) => number !== 2),
      ),
    ).toEqual(['short']);
  });

  test('slugs are found in any letter case, and are no phrases', () => {
    expect([...index.ofSlug(' SHORT ')]).toEqual([1]);
    expect(searchTitles(index, 'short', 10)).toEqual([]);
  });
});

describe('relational arm', () => {
  // mill -> quay -> farm -> barn; loft -> quay; the barn also leads to a page that is not there.
  const index = indexOf([
    page({ slug: 'mill', links: [{ type: 'supplies', target: 'quay' }] }),
    page({ slug: 'quay', links: [{ type: 'buys_from', target: 'farm' }] }),
    page({ slug: 'farm', links: [{ type: 'owns', target: 'barn' }] }),
    page({ slug: 'barn', links: [{ type: 'mentions', target: 'nowhere' }] }),
    page({ slug: 'loft', links: [{ type: 'faces', target: 'default::quay' }] }),
  ]);
  const walk = (query: string, named: readonly number[], depth = 2, most = 3, isAllowed?: (number: number) => boolean) =>
    walkLinks(index, { query, named }, { depth, most }, isAllowed).map(({ page: number, score }) => [index.page(number).slug, score]);

  test('walks links in both directions: nearer pages first, then by key, never back to the named one', () => {
    expect(walk('mill', [0])).toEqual([
      ['quay', 1],
      ['farm', 0.5],
      ['loft', 0.5],
    ]);
  });

  test('prefers a link whose type the query asks for, by its stem', () => {
    expect(walk('who is buying at the quay', [1])).toEqual([
      ['farm', 2],
      ['loft', 1],
      ['mill', 1],
    ]);
  });

  test('goes as deep, and brings as many, as it is told', () => {
    expect(walk('mill', [0], 1)).toEqual([['quay', 1]]);
    expect(walk('mill', [0], 3, 10).map(([slug]) => slug)).toEqual(['quay', 'farm', 'loft', 'barn']);
    expect(walk('mill', [0], 2, 1)).toEqual([['quay', 1]]);
  });

  test('walks through pages that may not be shown, and from nowhere without a named page', () => {
    expect(walk('mill', [0], 2, 3, (number) => number !== 1).map(([slug]) => slug)).toEqual(['farm', 'loft']);
    expect(walk('mill', [])).toEqual([]);
  });
});
