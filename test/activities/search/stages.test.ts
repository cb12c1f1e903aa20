import { describe, expect, test } from 'vitest';
import { KeywordArm } from '../../../domain/search/index.ts';
import { CollectionError } from '../../../domain/shared/errors.ts';
import { searchResponseSchema } from '../../../schemas/search-response.ts';
import { fc } from '../../support/fast-check.ts';
import { page, somePages } from '../../support/search-pages.ts';
import { handEmbedder, handReranker, searcher, slugsOf } from '../../support/search-world.ts';

const server = { base_url: 'http://127.0.0.1:1/v1', model: 'order-small' };
/** Scores by a letter and a figure in the text: `[85]` is 0.85. */
const byFigure = () => handReranker((passage) => Number(/\[(\d+)\]/.exec(passage)?.[1] ?? 0) / 100);
const withFigures = (figures: readonly number[]) => figures.map((figure, at) => page({ slug: 'abcdefgh'[at]!, text: `tide [${figure}]` }));

describe('fusion', () => {
  // The vectors of a, b, c have these cosines with that of the query.
  const cosines: Record<string, number> = { a: 0, b: 0.6, c: 0.8 };
  const embedder = handEmbedder((text) => {
    const cosine = cosines[/letter (\w)/.exec(text)?.[1] ?? ''];
    return cosine === undefined ? [1, 0, 0] : [cosine, Math.sqrt(1 - cosine ** 2), 0];
  });
  const pages = [
    page({ slug: 'a', text: 'tide, letter a' }),
    page({ slug: 'b', text: 'tide, letter b' }),
    page({ slug: 'c', text: 'pier, letter c' }),
  ];

  test('by reciprocal ranks, then with its share of the cosine', async () => {
    const { search } = await searcher(pages, { embedder });
    const response = await search('tide');
    // Words: a, b. Vectors: c, b. So a 1/60, b 2/61, c 1/60, divided by 2/61; then 0.7 of it and 0.3 of the cosine.
    const part = 0.7 * (1 / 60 / (2 / 61));
    expect(response.results.map(({ slug, arms }) => [slug, arms])).toEqual([
      ['b', ['keyword', 'vector']],
      ['c', ['vector']],
      ['a', ['keyword']],
    ]);
    const scores = response.results.map(({ score }) => score);
    for (const [at, score] of [0.7 + 0.18, part + 0.24, part].entries()) expect(scores[at]).toBeCloseTo(score, 6);
    expect(response).toMatchObject({ intent: 'general', meta: { degraded: [], vector_enabled: true } });
    expect(searchResponseSchema.safeParse(response).success).toBe(true);
  });

  test('with the weights of the intent, unless they are turned off', async () => {
    const { search } = await searcher(pages, { embedder });
    const only = { cosine_blend: 0, title_boost: 1 };
    // A concept: words 60 / 0.9, vectors 60 / 1.2.
    const weighed = await search('how tides', { knobs: only });
    const [words, vectors] = [1 / (60 / 0.9), 1 / 50];
    const top = 1 / (60 / 0.9 + 1) + 1 / 51;
    expect(weighed.results.map(({ slug }) => slug)).toEqual(['b', 'c', 'a']);
    expect(weighed.results[1]!.score).toBeCloseTo(vectors / top, 6);
    expect(weighed.results[2]!.score).toBeCloseTo(words / top, 6);
    const equal = await search('how tides', { knobs: { ...only, intent_weighting: false } });
    expect(equal.results[1]!.score).toBe(equal.results[2]!.score);
  });

  test('RRF-1 the same slug in two sources are two rows; a row of two arms is one', async () => {
    const { search } = await searcher([pages[1]!, { ...pages[1]!, source_id: 'wiki' }], { embedder });
    const { results } = await search('tide');
    expect(results.map(({ key, arms }) => [key, arms])).toEqual([
      ['default::b', ['keyword', 'vector']],
      ['wiki::b', ['keyword', 'vector']],
    ]);
  });

  test('vectors alone, and what is evidence', async () => {
    const { search } = await searcher(pages, { embedder });
    const { results } = await search('tide', { strategy: 'vector' });
    expect(results.map(({ slug, arms, flags }) => [slug, arms, flags])).toEqual([
      ['c', ['vector'], ['evidence']],
      ['b', ['vector'], []],
    ]);
  });
});

describe('signals', () => {
  test('move pages and are told: title, links between results, dates', async () => {
    const { search } = await searcher([
      page({ slug: 'a', text: 'tide tide' }),
      page({ slug: 'quay', title: 'Tide', text: 'pier' }),
      page({ slug: 'c', text: 'tide', effective_date: '2026-03-04', links: [{ type: 'mentions', target: 'a' }] }),
    ]);
    const response = await search('latest tide', { isExplained: true, knobs: { relational: false } });
    const moved = Object.fromEntries(response.explain!.rows.map(({ key, multipliers }) => [key, multipliers]));
    expect(moved['default::quay']).toEqual({ title_match: 1.25 });
    expect(moved['default::c']!.recency).toBeCloseTo(1.3, 9);
    expect(moved['default::a']!.backlinks).toBeCloseTo(1 + 0.05 * Math.log(2), 9);
    expect(response.results.find(({ slug }) => slug === 'quay')!.flags).toEqual(['title_match']);
  });

  test('compiled truth counts twice at low detail, which an entity suggests and a call overrides', async () => {
    const pages = [page({ slug: 'a', text: 'tide' }), page({ slug: 'b', compiled_truth: 'tide' })];
    const { search } = await searcher(pages);
    expect(slugsOf(await search('tide'))).toEqual(['a', 'b']);
    const entity = await search('who is tide');
    expect([entity.intent, entity.detail, slugsOf(entity)]).toEqual(['entity', 'low', ['b', 'a']]);
    const stated = await search('who is tide', { detail: 'medium' });
    expect([stated.detail, slugsOf(stated)]).toEqual(['medium', ['a', 'b']]);
  });

  test('a query that is a whole title or slug is an entity, unless that page may not be shown', async () => {
    const { search } = await searcher([page({ slug: 'quay', title: 'Old Quay', text: 'x' }), page({ slug: 'test/mole', title: 'Mole' })]);
    expect((await search('old quay')).intent).toBe('entity');
    expect((await search('QUAY')).intent).toBe('entity');
    expect((await search('mole')).intent).toBe('general');
  });
});

describe('the usual ranking', () => {
  const usual = { settings: { lexical: 'fielded', fusion: 'blend' } } as const;

  test('a page that the query names by an alias is first, though it has none of the words', async () => {
    const pages = [
      page({ slug: 'quay', title: 'Old Quay', text: 'boats', aliases: ['pier seven'], links: [{ type: 'faces', target: 'mill' }] }),
      page({ slug: 'mill', text: 'grain' }),
      page({ slug: 'other', text: 'a pier, and seven boats' }),
    ];
    const { search } = await searcher(pages, usual);
    expect(slugsOf(await search('pier seven'))[0]).toBe('quay');
    const { search: without } = await searcher(pages.slice(0, 2), usual);
    expect(slugsOf(await without('pier seven'))).toEqual(['quay', 'mill']);
  });
});

describe('the order of the last stages', () => {
  test('repetitions go before the reranker sees the list, of which it gets the first rows', async () => {
    const words = (word: string): string => Array.from({ length: 299 }, () => word).join(' ');
    const long = page({ slug: 'long', text: ['rope', 'sail', 'mast', 'keel'].map((word) => `tide ${words(word)}`).join('\n\n') });
    const reranker = byFigure();
    const { search } = await searcher([long, ...withFigures([10, 90])], { reranker, settings: { reranker: server } });
    const response = await search('tide', { isExplained: true, knobs: { rerank_top_n_in: 3 } });
    expect(response.results.filter(({ slug }) => slug === 'long')).toHaveLength(2);
    expect(reranker.given[0]).toHaveLength(3);
    expect(response.explain!.dropped).toMatchObject({ dedup: 2 });
    expect(response.meta.reranked).toBe(true);
  });

  test('a reranker orders rows; those that a link brought keep their places', async () => {
    const pages = [
      page({ slug: 'mill', title: 'Mill', text: 'grain [1]', links: [{ type: 'supplies', target: 'quay' }] }),
      page({ slug: 'quay', text: 'rope [0]' }),
      page({ slug: 't', text: 'tide [99]' }),
    ];
    const [plain, reranked] = [await searcher(pages), await searcher(pages, { reranker: byFigure(), settings: { reranker: server } })];
    expect(slugsOf(await plain.search('mill tide'))).toEqual(['mill', 'quay', 't']);
    expect(slugsOf(await reranked.search('mill tide'))).toEqual(['t', 'quay', 'mill']);
    expect(slugsOf(await reranked.search('mill tide', { knobs: { relational: false } }))).toEqual(['t', 'mill']);
  });

  test('an alias comes forward after the reranker, which cannot bury it', async () => {
    const pages = [page({ slug: 'a', text: 'old pier [90]' }), page({ slug: 'b', text: 'mole [10]', aliases: ['Old Pier'] })];
    const { search } = await searcher(pages, { reranker: byFigure(), settings: { reranker: server } });
    const { results } = await search('old pier');
    const hopped = results.find(({ slug }) => slug === 'b')!;
    expect(hopped.flags).toEqual(expect.arrayContaining(['alias_hop', 'preserved']));
    expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).toSorted((left, right) => right - left));
  });

  test.each([
    ['AUT-1', [90, 85, 20, 10], 2],
    ['AUT-1', [95, 10, 8, 5], 1],
    ['AUT-1 flat', [50, 50, 50, 50], 4],
    ['AUT-1 a best score below the least', [30, 10, 5, 1], 4],
    ['AUT-3 a single row', [90], 1],
    ['AUT-3 no score above 0', [0, 0], 2],
  ])('%s scores %j leave %i rows', async (_, figures, kept) => {
    const { search } = await searcher(withFigures(figures), { reranker: byFigure(), settings: { reranker: server } });
    expect(slugsOf(await search('tide', { knobs: { autocut: true } })).join('')).toBe('abcd'.slice(0, kept));
    expect((await search('tide')).results).toHaveLength(figures.length);
  });

  test('AUT-3 without rerank scores nothing is cut', async () => {
    const { search } = await searcher(withFigures([90, 10]));
    expect((await search('tide', { knobs: { autocut: true } })).results).toHaveLength(2);
  });

  test('AUT-4 rows without a score survive; a jump of 0 or 5 in the config counts as 0.2', async () => {
    const { search } = await searcher(withFigures([90, 10, 10]), { reranker: byFigure(), settings: { reranker: server } });
    expect(slugsOf(await search('tide', { knobs: { autocut: true, rerank_top_n_in: 2 } }))).toEqual(['a', 'c']);
    for (const jump of [0, 5]) {
      const config = { reranker: server, autocut: true, autocut_jump: jump };
      const odd = await searcher(withFigures([90, 85, 20, 10]), { reranker: byFigure(), settings: config });
      expect(slugsOf(await odd.search('tide'))).toEqual(['a', 'b']);
      const gentle = await searcher(withFigures([90, 80, 70, 60]), { reranker: byFigure(), settings: config });
      expect((await gentle.search('tide')).results).toHaveLength(4);
    }
  });

  test('what a link brought takes the last place when the cut took it, with a score that fits there', async () => {
    const pages = [
      page({ slug: 'mill', title: 'Mill', text: 'grain [90]', links: [{ type: 'supplies', target: 'quay' }] }),
      page({ slug: 'quay', text: 'rope [1]' }),
      ...['t1', 't2', 't3'].map((slug) => page({ slug, text: 'tide [88]' })),
    ];
    const { search } = await searcher(pages, { reranker: byFigure(), settings: { reranker: server } });
    const response = await search('mill tide', { knobs: { autocut: true, limit: 3 } });
    expect(slugsOf(response)).toEqual(['mill', 't1', 'quay']);
    expect(response.results[2]!.flags).toContain('relational_slot');
    const scores = response.results.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((left, right) => right - left));
  });

  test('adaptive return leaves two rows for an entity, six otherwise', async () => {
    const { search } = await searcher(withFigures([1, 2, 3, 4, 5, 6, 7, 8]));
    const knobs = { adaptive_return: true };
    expect((await search('who is tide', { knobs })).results).toHaveLength(2);
    expect((await search('tide', { knobs })).results).toHaveLength(6);
  });
});

describe('limit, offset and budget', () => {
  const pages = Array.from({ length: 60 }, (_, at) =>
    page({ slug: `p${String(at).padStart(2, '0')}`, title: 'Tide', text: 'a quiet sea' }),
  );

  test('a part of the list is that part of the whole, with its ranks', async () => {
    const { search } = await searcher(pages);
    const whole = await search('tide', { knobs: { limit: 20 } });
    const part = await search('tide', { knobs: { limit: 5 }, offset: 10 });
    expect(slugsOf(part)).toEqual(slugsOf(whole).slice(10, 15));
    expect(part.results.map(({ rank }) => rank)).toEqual([11, 12, 13, 14, 15]);
    expect((await search('tide', { offset: 1_000 })).results).toEqual([]);
  });

  test('each arm brings 50 rows at least, and as many as are asked for', async () => {
    const { search } = await searcher(pages);
    const ranks = async (limit: number, offset = 0) =>
      (await search('tide', { knobs: { limit, token_budget: null }, offset })).results.map(({ rank }) => rank);
    expect((await ranks(60)).at(-1)).toBe(60);
    expect(await ranks(10, 45)).toEqual([46, 47, 48, 49, 50, 51, 52, 53, 54, 55]);
    expect(await ranks(10, 55)).toEqual([56, 57, 58, 59, 60]);
    // 45 + 5 is what the pool of 50 has.
    expect(await ranks(5, 50)).toEqual([51, 52, 53, 54, 55]);
  });

  test('the budget ends the list before the first row that does not fit', async () => {
    // Each row costs 1 for its title and 3 for its text.
    const { search } = await searcher(pages);
    const response = await search('tide', { knobs: { limit: 10, token_budget: 11 } });
    expect(response.results).toHaveLength(2);
    expect(response.meta.budget).toEqual({ budget: 11, used: 8, kept: 2, dropped: 8, truncated: false });
    const cut = await search('tide', { knobs: { limit: 10, token_budget: 2 } });
    expect(cut.results.map(({ text }) => text)).toEqual(['a qu']);
    expect(cut.meta.budget).toEqual({ budget: 2, used: 2, kept: 1, dropped: 9, truncated: true });
    const none = await search('tide', { knobs: { limit: 10, token_budget: 2, salvage: false } });
    expect(none.results).toEqual([]);
    const off = await searcher(pages, { salvage: 'off' });
    expect((await off.search('tide', { knobs: { token_budget: 2 } })).results).toEqual([]);
    expect((await search('tide', { knobs: { limit: 10, token_budget: null } })).meta.budget).toMatchObject({ budget: 0, kept: 10 });
  });
});

describe('what may be shown', () => {
  const near = handEmbedder(() => [1, 0, 0]);
  const hidden = Array.from({ length: 700 }, (_, at) =>
    page({ slug: `${at % 2 === 0 ? 'test' : 'drafts'}/${at}`, title: 'Tide', text: 'tide tide' }),
  );
  const shown = [
    page({ slug: 'quay', text: 'tide and pier and rope' }),
    page({ source_id: 'wiki', slug: 'quay', text: 'tide and pier and mast' }),
  ];

  test('excluded slugs never are, however many there are, by any arm', async () => {
    const { search } = await searcher([...hidden, ...shown], { embedder: near, excluded: 'drafts/' });
    for (const strategy of ['hybrid', 'keyword', 'vector'] as const) {
      expect((await search('tide', { strategy })).results.map(({ key }) => key).toSorted()).toEqual(['default::quay', 'wiki::quay']);
    }
  });

  test('only pages of one source, when one is asked for', async () => {
    const { search } = await searcher([...hidden, ...shown], { embedder: near });
    for (const strategy of ['hybrid', 'keyword', 'vector'] as const) {
      expect((await search('tide', { strategy, source: 'wiki' })).results.map(({ key }) => key)).toEqual(['wiki::quay']);
    }
    expect((await search('tide', { source: 'nowhere' })).results).toEqual([]);
  });
});

describe('--strategy keyword', () => {
  const many = fc.array(
    fc.array(fc.constantFrom('tide', 'pier', 'rope', 'mast', 'Old Quay', 'when', 'latest'), { minLength: 1, maxLength: 30 }),
    {
      minLength: 200,
      maxLength: 300,
    },
  );

  test('is the order of pages by BM25, whatever else they are', async () => {
    await fc.assert(
      fc.asyncProperty(many, fc.constantFrom('tide', 'latest pier', 'when did the old quay', 'tide rope mast'), async (texts, query) => {
        const pages = texts.map((words, at) =>
          page({
            slug: `archive/${(at * 7919) % 1009}`,
            title: at % 5 === 0 ? 'Old Quay' : '',
            type: at % 3 === 0 ? 'harbour' : 'page',
            text: words.join(' '),
            timeline: at % 4 === 0 ? words.toReversed().join(' ') : '',
            links: [{ type: 'feeds', target: `archive/${((at + 1) * 7919) % 1009}` }],
            effective_date: '2026-03-01',
            superseded_by: at % 6 === 0 ? 'archive/0' : '',
            session_id: 's',
            salience: 1,
          }),
        );
        const { search, collection } = await searcher(pages, {
          settings: { source_profile: 'brain', lexical: 'fielded', fusion: 'blend' },
        });
        const response = await search(query, { strategy: 'keyword', knobs: { limit: 1_000, token_budget: null } });
        const order = new KeywordArm(collection.index)
          .rankPages(query, 1_000, 'bm25')
          .map(({ page: number }) => collection.index.key(number));
        expect([...new Set(response.results.map(({ key }) => key))]).toEqual(order);
      }),
      { numRuns: 8 },
    );
  });

  test('any pages and any query: keys are found once a chunk, ranks count, scores fall', async () => {
    await fc.assert(
      fc.asyncProperty(somePages, fc.constantFrom('harbour', 'the', 'tide pilot', 'who is élan', ''), async (pages, query) => {
        const { search } = await searcher(pages);
        const { results } = await search(query);
        expect(new Set(results.map(({ chunk_id }) => chunk_id)).size).toBe(results.length);
        expect(results.map(({ rank }) => rank)).toEqual(results.map((_, at) => at + 1));
        expect(results.every(({ score }, at) => at === 0 || score <= results[at - 1]!.score)).toBe(true);
        expect(results.every(({ slug }) => !slug.startsWith('test/'))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

test('searches at the same time find what each finds alone', async () => {
  const words = ['tide', 'pier', 'rope', 'mast'];
  const filling = (word: string): string => Array.from({ length: 299 }, () => word).join(' ');
  const pages = words.map((word, at) =>
    page({
      slug: word,
      title: `The ${word}`,
      aliases: [`old ${word}`],
      text: words.map((other, place) => `${other} ${filling(`${other}s${(at + place) % 4}`)}`).join('\n\n'),
      links: [{ type: 'feeds', target: words[(at + 1) % 4]! }],
    }),
  );
  const { search } = await searcher(pages, {
    reranker: byFigure(),
    settings: { reranker: server },
    embedder: handEmbedder((text) => [text.length % 7, 1, 2]),
  });
  const queries = words.flatMap((word) => [word, `old ${word}`, `who is ${word}`, `when did the ${word} pier`]);
  const alone = [];
  for (const query of queries) alone.push((await search(query)).results);
  const together = await Promise.all(queries.map((query) => search(query)));
  expect(together.map(({ results }) => results)).toEqual(alone);
});

describe('collections', () => {
  test('a collection that is not there rejects every time', async () => {
    const { retriever } = await searcher([]);
    const request = { collection: 'nowhere', query: 'tide', strategy: 'keyword', isEvaluation: true } as const;
    await expect(retriever.search(request)).rejects.toBeInstanceOf(CollectionError);
    await expect(retriever.search(request)).rejects.toBeInstanceOf(CollectionError);
  });

  test('one that was made of given pages hides another of its name; the first page of a key counts', async () => {
    const { retriever, search } = await searcher([page({ slug: 'a', text: 'tide' })]);
    await retriever.index!('harbour', [
      page({ slug: 'b', text: 'tide rises' }),
      page({ slug: 'c', text: 'x' }),
      page({ slug: 'b', text: 'pier' }),
    ]);
    const { results, meta } = await search('tide pier x');
    expect(results.map(({ slug, text, chunk_id }) => [slug, text, chunk_id]).toSorted()).toEqual([
      ['b', 'tide rises', 0],
      ['c', 'x', 1],
    ]);
    expect(meta.generation).toBe(1);
  });
});
