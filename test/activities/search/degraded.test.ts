import { describe, expect, test } from 'vitest';
import type { Embedder, Reranker } from '../../../activities/search-ports.ts';
import { tellSearch } from '../../../cli/search/tell-search.ts';
import { RetrieverError } from '../../../domain/shared/errors.ts';
import { page } from '../../support/search-pages.ts';
import { handEmbedder, handReranker, searcher, slugsOf } from '../../support/search-world.ts';

const PAGES = [
  page({ slug: 'quay', title: 'Quay', text: 'The tide rises.' }),
  page({ slug: 'mill', text: 'Grain is milled at high tide.' }),
];
const server = { base_url: 'http://127.0.0.1:1/v1', model: 'order-small' };
const near = handEmbedder(() => [1, 0, 0]);
const failing = (error: Error): Embedder => ({ ...near, embed: () => Promise.reject(error) });
/** Heeds no signal, and never answers. */
const hanging = { ...near, embed: () => new Promise<Float32Array[]>(() => undefined) };

describe('without vectors a search goes on by words', () => {
  test('DEG-1 no embedder, balanced: results, and people are told', async () => {
    const { search } = await searcher(PAGES);
    const response = await search('tide');
    expect(slugsOf(response)).toEqual(['quay', 'mill']);
    expect(response).toMatchObject({ mode: 'balanced', meta: { degraded: ['no_embedder'], vector_enabled: false, reranked: false } });
    expect(tellSearch(response).split('\n')[0]).toBe('degraded: keyword only (no embedder configured)');
  });

  test.each<[string, Embedder]>([
    ['says that it cannot', failing(new RetrieverError('embedding: expected a reply, found none.', 'Start it.'))],
    ['fails in a way of its own', failing(new TypeError('fetch failed'))],
    ['gives no vector', { ...near, embed: () => Promise.resolve([]) }],
    ['gives a vector of another length', { ...near, embed: () => Promise.resolve([Float32Array.of(1, 0)]) }],
    [
      'throws at once',
      {
        ...near,
        embed: () => {
          throw new Error('no');
        },
      },
    ],
  ])('an embedder that %s', async (_, embedder) => {
    const { search } = await searcher(PAGES, { embedder, indexedWith: near });
    const response = await search('tide');
    expect(slugsOf(response)).toEqual(['quay', 'mill']);
    expect(response.meta).toMatchObject({ degraded: ['embedding_failed'], vector_enabled: false });
  });

  test('an embedder that hangs, whatever it does with its signal', async () => {
    const { search } = await searcher(PAGES, { embedder: hanging, indexedWith: near });
    const response = await search('tide', { knobs: { embed_timeout_ms: 1 } });
    expect(slugsOf(response)).toEqual(['quay', 'mill']);
    expect(response.meta.degraded).toEqual(['embedding_failed']);
  });

  test('an embedder that did not build the index, and a collection without vectors', async () => {
    for (const indexedWith of [handEmbedder(() => [0, 1, 0], 'other:3'), null]) {
      const { search } = await searcher(PAGES, { embedder: near, indexedWith });
      const response = await search('tide');
      expect(slugsOf(response)).toEqual(['quay', 'mill']);
      expect(response.meta).toMatchObject({ degraded: ['embedder_mismatch'], vector_enabled: false });
    }
  });

  test('a caller who gives up ends the search', async () => {
    const { search } = await searcher(PAGES, { embedder: hanging, indexedWith: near });
    const giving = new AbortController();
    const asked = search('tide', { signal: giving.signal });
    giving.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    await expect(search('tide', { signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow('never');
  });

  test('nothing is degraded that was not asked for: words alone, or an empty collection', async () => {
    const { search } = await searcher(PAGES);
    expect((await search('tide', { strategy: 'keyword' })).meta.degraded).toEqual([]);
    const empty = await searcher([], { embedder: near, indexedWith: null });
    expect(await empty.search('tide')).toMatchObject({ results: [], meta: { degraded: [] } });
  });
});

describe('without a reranker the order is kept', () => {
  const failed = (rerank: Reranker['rerank']): Reranker => ({ id: 'hand', rerank });

  test('none is configured: not asked for in balanced, told when it is', async () => {
    const { search } = await searcher(PAGES, { embedder: near });
    expect((await search('tide')).meta).toMatchObject({ degraded: [], reranked: false });
    const asked = await search('tide', { knobs: { reranker: true } });
    expect(asked.meta).toMatchObject({ degraded: ['no_reranker'], reranked: false });
    expect(slugsOf(asked)).toEqual(slugsOf(await search('tide')));
  });

  test.each<[string, Reranker['rerank']]>([
    ['says that it cannot', () => Promise.reject(new RetrieverError('reranking: expected a reply, found none.', 'Start it.'))],
    ['fails in a way of its own', () => Promise.reject(new TypeError('fetch failed'))],
    ['scores too few passages', () => Promise.resolve([1])],
    ['scores by what is no number', () => Promise.resolve([1, Number.NaN])],
    ['hangs, whatever it does with its signal', () => new Promise(() => undefined)],
  ])('a reranker that %s', async (_, rerank) => {
    const { search } = await searcher(PAGES, { embedder: near, reranker: failed(rerank), settings: { reranker: server } });
    const [response, plain] = [
      await search('tide', { knobs: { rerank_timeout_ms: 5 } }),
      await search('tide', { knobs: { reranker: false } }),
    ];
    expect(response.meta).toMatchObject({ degraded: ['reranker_failed'], reranked: false });
    expect(response.results).toEqual(plain.results);
  });

  test('a config turns it off and on, a call counts for more', async () => {
    const reranker = handReranker((passage) => (passage.includes('Grain') ? 1 : 0));
    const on = await searcher(PAGES, { embedder: near, reranker, settings: { reranker: server } });
    expect((await on.search('tide')).meta.reranked).toBe(true);
    const off = await searcher(PAGES, { embedder: near, reranker, settings: { reranker: server, rerank: 'off' } });
    expect((await off.search('tide')).meta).toMatchObject({ reranked: false, degraded: [] });
    expect((await off.search('tide', { knobs: { reranker: true } })).meta.reranked).toBe(true);
    const conservative = await searcher(PAGES, {
      embedder: near,
      reranker,
      settings: { reranker: server, rerank: 'on', mode: 'conservative' },
    });
    expect((await conservative.search('tide')).meta.reranked).toBe(true);
  });
});

test('what needs a model that is not there is told', async () => {
  const { search } = await searcher(PAGES, { embedder: near });
  const response = await search('tide rises', { knobs: { expansion: true, contextual: 'synopsis' } });
  expect(response.meta).toMatchObject({ degraded: ['no_expansion_model', 'no_synopsis_model'], expansion_applied: false });
  // tokenmax takes titles where no model writes synopses: nothing was asked for.
  expect((await search('tide', { mode: 'tokenmax' })).meta.degraded).toEqual([]);
});
