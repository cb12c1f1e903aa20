import { expect, test } from 'vitest';
import type { Expander } from '../../../activities/search-ports.ts';
import { openAnswerCache } from '../../../adapters/search/answer-cache.ts';
import { RetrieverError } from '../../../domain/shared/errors.ts';
import { page } from '../../support/search-pages.ts';
import { handEmbedder, searcher, slugsOf } from '../../support/search-world.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PAGES = [
  page({ slug: 'sheds', title: '', text: 'Boats sleep in long sheds.' }),
  page({ slug: 'slipway', title: '', text: 'Vessels are laid up on the slipway.' }),
];
const QUERY = 'where do boats sleep';
const ON = { knobs: { expansion: true } } as const;

/** A model that answers this, and keeps what it was asked. */
function scribe(answer: () => Promise<string>): Expander & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    id: 'scribe',
    asked,
    ask: (messages) => {
      asked.push(messages.map(({ content }) => content).join('\n'));
      return answer();
    },
  };
}

const fluent = () => scribe(() => Promise.resolve('["vessels laid up"]'));

test('another wording counts half: its first place adds 1/120 where that of the query adds 1/60', async () => {
  const { search } = await searcher(PAGES, { expander: fluent() });
  const response = await search(QUERY, ON);
  expect(slugsOf(response)).toEqual(['sheds', 'slipway']);
  expect(response.results.map(({ score }) => score)).toEqual([1, 0.5]);
  expect(response.meta).toMatchObject({ expansion_applied: true, degraded: ['no_embedder'] });
});

test('with fusion by pages it counts half, too', async () => {
  const { search } = await searcher(PAGES, { expander: fluent(), settings: { fusion: 'blend' } });
  const response = await search(QUERY, ON);
  expect(response.results.map(({ slug, score }) => [slug, score])).toEqual([
    ['sheds', 1],
    ['slipway', 0.5],
  ]);
});

test('it is searched for by its own vector', async () => {
  const embedder = handEmbedder((text) => (/vessels|Vessels/.test(text) ? [0, 1, 0] : [1, 0, 0]));
  const { search } = await searcher(PAGES, { expander: fluent(), embedder });
  const without = await search(QUERY, { strategy: 'vector' });
  expect(slugsOf(without)).toEqual(['sheds']);
  expect(slugsOf(await search(QUERY, { strategy: 'vector', ...ON }))).toEqual(['sheds', 'slipway']);
});

test('nobody is asked where it is off, or for a query of two words', async () => {
  const expander = fluent();
  const { search } = await searcher(PAGES, { expander });
  expect((await search(QUERY)).meta.expansion_applied).toBe(false);
  expect((await search('boats sleep', ON)).meta).toMatchObject({ expansion_applied: false, degraded: ['no_embedder'] });
  expect(expander.asked).toEqual([]);
});

test.each<[string, () => Promise<string>]>([
  ['fails', () => Promise.reject(new RetrieverError('wording a query anew: expected a reply, found none.', 'Start it.'))],
  ['fails in a way of its own', () => Promise.reject(new TypeError('fetch failed'))],
  ['writes prose', () => Promise.resolve('Boats rest in winter.')],
  ['gives no text at all', () => Promise.resolve(7 as never)],
])('a model that %s leaves the search as it was, and that is told', async (_how, answer) => {
  const { search } = await searcher(PAGES, { expander: scribe(answer) });
  const response = await search(QUERY, ON);
  expect(slugsOf(response)).toEqual(['sheds']);
  expect(response.meta).toMatchObject({ expansion_applied: false, degraded: ['no_embedder', 'expansion_failed'] });
});

test('a model that had nothing to add has not failed', async () => {
  const { search } = await searcher(PAGES, { expander: scribe(() => Promise.resolve('[]')) });
  expect((await search(QUERY, ON)).meta).toMatchObject({ expansion_applied: false, degraded: ['no_embedder'] });
});

test('without a model that is told, too', async () => {
  const { search } = await searcher(PAGES);
  expect((await search(QUERY, ON)).meta.degraded).toEqual(['no_embedder', 'no_expansion_model']);
});

test('a caller who gives up ends the search', async () => {
  const { search } = await searcher(PAGES, { expander: scribe(() => new Promise<string>(() => undefined)) });
  const giving = new AbortController();
  const asked = search(QUERY, { ...ON, signal: giving.signal });
  giving.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});

test('an answer that was given before costs no call', async () => {
  const expander = fluent();
  const asked: string[] = [];
  const embedder = handEmbedder((text) => {
    asked.push(text);
    return [1, 0, 0];
  });
  const { search } = await searcher(PAGES, { expander, embedder, answers: openAnswerCache(temporaryFolder()) });
  const first = await search(QUERY, ON);
  expect(first.meta).toMatchObject({ cache: 'miss', expansion_applied: true });
  expect(expander.asked).toHaveLength(1);
  const before = asked.length;
  const again = await search(QUERY, ON);
  expect(again.meta).toMatchObject({ cache: 'hit', expansion_applied: true });
  expect(expander.asked).toHaveLength(1);
  expect(asked.slice(before)).toEqual([QUERY]);
});

test('an answer that had to do without other wordings is not kept', async () => {
  const [answers, embedder] = [openAnswerCache(temporaryFolder()), handEmbedder(() => [1, 0, 0])];
  const silent = scribe(() => Promise.reject(new RetrieverError('wording a query anew: expected a reply, found none.', 'Start it.')));
  const before = await searcher(PAGES, { expander: silent, embedder, answers });
  expect((await before.search(QUERY, ON)).meta).toMatchObject({ cache: 'miss', degraded: ['expansion_failed'] });
  const mended = await searcher(PAGES, { expander: fluent(), embedder, answers });
  expect((await mended.search(QUERY, ON)).meta).toMatchObject({ cache: 'miss', degraded: [], expansion_applied: true });
});
