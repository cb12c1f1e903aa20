import { describe, expect, test } from 'vitest';
import type { SearchRequest } from '../../../activities/search-ports.ts';
import { openAnswerCache } from '../../../adapters/search/answer-cache.ts';
import { page } from '../../support/search-pages.ts';
import { handEmbedder, handReranker, searcher, slugsOf, type WorldOptions } from '../../support/search-world.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PAGES = [
  page({ slug: 'quay', text: 'The tide rises at the quay.' }),
  page({ source_id: 'wiki', slug: 'mill', text: 'The tide mill grinds.' }),
];
/** Queries about tides are near each other; those about orchards are far. */
const embedder = handEmbedder((text) => (/tide/.test(text) ? [1, 0, 0] : /pears/.test(text) ? [0.9, Math.sqrt(0.19), 0] : [0, 1, 0]));
const START = Date.parse('2026-03-04T00:00:00Z');

/** Engines over the same folder of answers, as one process after the other would open them. */
function desk() {
  const workspace = temporaryFolder();
  return async (options: Partial<WorldOptions> = {}, pages = PAGES) =>
    (await searcher(pages, { embedder, nowMs: () => START, answers: openAnswerCache(workspace), ...options })).search;
}

test('a nearly equal query gets the answer of the one before it, also in another process', async () => {
  const open = desk();
  const first = await (await open())('when does the tide rise');
  expect(first.meta).toMatchObject({ cache: 'miss', vector_enabled: true });
  const again = await (await open())('when does the tide rise?');
  expect(again).toEqual({ ...first, query: 'when does the tide rise?', meta: { ...first.meta, cache: 'hit' } });
});

describe('another answer is looked for', () => {
  const ASKED = 'tide at the quay';
  const cases: readonly (readonly [string, string, Partial<SearchRequest>])[] = [
    ['a query that is spelled otherwise', 'pull of moon: tide?', {}],
    ['a query that means something else', 'pears at the quay', {}],
    ['a query that asks for something else', 'latest tide at the quay', {}],
    ['other knobs', ASKED, { knobs: { limit: 3 } }],
    ['another source', ASKED, { source: 'wiki' }],
    ['another strategy', ASKED, { strategy: 'vector' }],
    ['another part of the list', ASKED, { offset: 1 }],
    ['another detail', ASKED, { detail: 'low' }],
    ['another mode', ASKED, { mode: 'tokenmax' }],
  ];

  test.each(cases)('for %s', async (_, query, request) => {
    const search = await desk()();
    await search(ASKED);
    expect((await search(query, request)).meta.cache).toBe('miss');
    expect((await search(ASKED)).meta.cache).toBe('hit');
  });

  test('after the collection or what may be shown has changed', async () => {
    const open = desk();
    await (
      await open()
    )(ASKED);
    const changed = await (await open({}, PAGES.slice(1)))(ASKED);
    expect([changed.meta.cache, slugsOf(changed)]).toEqual(['miss', ['mill']]);
    const hidden = await (await open({ excluded: 'quay' }))(ASKED);
    expect([hidden.meta.cache, slugsOf(hidden)]).toEqual(['miss', ['mill']]);
  });

  test('when the time is over', async () => {
    const open = desk();
    await (
      await open()
    )(ASKED);
    const at = async (ms: number, knobs = {}) => (await (await open({ nowMs: () => START + ms }))(ASKED, { knobs })).meta.cache;
    expect(await at(3_599_999)).toBe('hit');
    expect(await at(3_600_000)).toBe('miss');
    expect(await at(3_600_000)).toBe('hit');
  });
});

describe('the cache is off', () => {
  test.each<readonly [string, Partial<SearchRequest>]>([
    ['for evaluations', { isEvaluation: true }],
    ['for a call that wants none', { usesCache: false }],
    ['for a call that asks why', { isExplained: true }],
    ['when its knob is', { knobs: { semantic_cache: false } }],
    ['for words alone', { strategy: 'keyword' }],
  ])('%s: nothing is taken from it, nothing put into it', async (_, request) => {
    const open = desk();
    expect((await (await open())('tide', request)).meta.cache).toBe('off');
    // Had it been kept, this would be a hit.
    expect((await (await open())('tide')).meta.cache).toBe('miss');
    expect((await (await open())('tide', request)).meta.cache).toBe('off');
  });

  test('without an embedder, and when it failed', async () => {
    const open = desk();
    expect((await (await open({ embedder: null }))('tide')).meta.cache).toBe('off');
    const failing = { ...embedder, embed: () => Promise.reject(new Error('no')) };
    expect((await (await open({ embedder: failing, indexedWith: embedder }))('tide')).meta.cache).toBe('off');
  });
});

test('an answer whose reranker failed is not kept', async () => {
  const open = desk();
  const settings = { reranker: { base_url: 'http://127.0.0.1:1/v1', model: 'order-small' } };
  const failing = { id: 'hand', rerank: () => Promise.reject(new Error('no')) };
  expect((await (await open({ settings, reranker: failing }))('tide')).meta).toMatchObject({
    cache: 'miss',
    degraded: ['reranker_failed'],
  });
  const mended = await (await open({ settings, reranker: handReranker(() => 1) }))('tide');
  expect(mended.meta).toMatchObject({ cache: 'miss', reranked: true, degraded: [] });
});
