import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ConfigError, RetrieverError } from '../../../domain/shared/errors.ts';
import { searchPageSchema } from '../../../schemas/search-page.ts';
import { HANDLED, startHttpBrain, type BrainAnswer } from '../../support/brain/http-brain.ts';
import { ask, openBrain } from '../../support/brain/open-brain.ts';
import { findPassages } from '../../support/brain/shelves.mjs';

const FIELDS = { source_id: '$.source_id', title: '$.title', text: '$.text', score: '$.score' };

const answerWell: BrainAnswer = ({ text }) => {
  const { query, limit } = JSON.parse(text) as { query: string; limit: number };
  return { results: findPassages(query, limit) };
};

async function failureOf(answer: BrainAnswer, more: object = {}): Promise<unknown> {
  const brain = await startHttpBrain(answer);
  const { retriever } = await openBrain({ kind: 'http', url: `${brain.url}/find`, ...more });
  return retriever.search(ask('apple trees')).catch((error: unknown) => error);
}

test('a brain behind a POST is searched with nothing but its address', async () => {
  const brain = await startHttpBrain(answerWell);
  const { retriever } = await openBrain({ kind: 'http', url: `${brain.url}/find`, ...FIELDS });
  const response = await retriever.search(ask('apple trees', { knobs: { limit: 2 } }));
  expect(response.results).toMatchObject([
    { key: 'orchard::orchard/bees', rank: 1, score: 2, text: 'Two hives stand between the apple trees.' },
    { key: 'orchard::orchard/pruning', rank: 2, score: 2, title: 'Pruning' },
  ]);
  expect(response.meta.latency_ms).toBeGreaterThan(0);
  expect(brain.seen).toHaveLength(1);
  const [request] = brain.seen;
  expect(JSON.parse(request!.text)).toEqual({ query: 'apple trees', limit: 2, collection: 'coast', strategy: 'hybrid' });
  expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' } });
});

test('a body, headers, a key and paths of its own', async () => {
  const brain = await startHttpBrain(() => ({ hits: { hits: [{ _id: 7, _score: 1.5, _source: { name: 'Tides' } }] } }));
  const entry = {
    kind: 'http',
    url: brain.url,
    headers: { 'X-Shelf': 'coast' },
    api_key_env: 'BRAIN_KEY',
    body: { size: '{{limit}}', query: { match: { body: { query: '{{query}}', fuzzy: true } } }, note: 'for {{collection}}' },
    results: '$.hits.hits[*]',
    slug: '$._id',
    title: '$._source.name',
    score: '$._score',
  };
  const { retriever } = await openBrain(entry, { env: { BRAIN_KEY: 'berth-7' } });
  const { results } = await retriever.search(ask('spring "tide", {{limit}}'));
  expect(results).toMatchObject([{ key: 'default::7', title: 'Tides', score: 1.5, rank: 1 }]);
  const [request] = brain.seen;
  expect(JSON.parse(request!.text)).toEqual({
    size: 10,
    query: { match: { body: { query: 'spring "tide", {{limit}}', fuzzy: true } } },
    note: 'for coast',
  });
  expect(request!.headers).toMatchObject({ 'x-shelf': 'coast', authorization: 'Bearer berth-7' });
});

test('a GET carries the question in its query string', async () => {
  const brain = await startHttpBrain(({ url }) => ({
    results: findPassages(url.searchParams.get('q') ?? '', 9, url.searchParams.get('shelf')),
  }));
  const url = `${brain.url}/find?q={{query}}&n={{limit}}&shelf={{source}}`;
  const { retriever } = await openBrain({ kind: 'http', method: 'GET', url, ...FIELDS });
  const { results } = await retriever.search(ask('apple & mole?', { source: 'harbour' }));
  expect(results.map(({ slug }) => slug)).toEqual(['harbour/lights', 'harbour/tides']);
  expect([...brain.seen[0]!.url.searchParams]).toEqual([
    ['q', 'apple & mole?'],
    ['n', '10'],
    ['shelf', 'harbour'],
  ]);
  expect(brain.seen[0]).toMatchObject({ method: 'GET', text: '' });
  expect(brain.seen[0]!.headers).not.toHaveProperty('content-type');
});

describe('an answer that cannot be used', () => {
  test.each<[string, BrainAnswer, string]>([
    ['no JSON', (_, response) => (response.end('<html>'), HANDLED), 'expected JSON, found something else'],
    ['nothing', (_, response) => (response.end(), HANDLED), 'expected JSON, found something else'],
    ['no results', () => ({ error: 'apple trees?' }), 'expected a list at $.results, found none'],
    ['a result without an id', () => ({ results: [{ title: 'Bees' }] }), 'found nothing in result 1'],
    ['an error of the server', (_, response) => (response.writeHead(500).end('stack'), HANDLED), 'found status 500'],
    ['too many questions', (_, response) => (response.writeHead(429).end(), HANDLED), 'found status 429'],
    ['no such page', (_, response) => (response.writeHead(404).end(), HANDLED), 'found status 404'],
    [
      'a redirect',
      (_, response) => (response.writeHead(302, { location: 'http://169.254.169.254/' }).end(), HANDLED),
      'found status 302: a redirect, which is not followed',
    ],
    ['an answer that breaks off', (_, response) => (response.write('{"results":['), response.destroy(), HANDLED), 'expected an answer'],
    ['a connection that breaks off', (_, response) => (response.destroy(), HANDLED), 'expected an answer'],
    ['no UTF-8', (_, response) => (response.end(Buffer.from([0x22, 0xff, 0x22])), HANDLED), 'the reply is not UTF-8'],
    [
      'more than anybody reads',
      (_, response) => (response.end(`"${' '.repeat(17 * 1024 ** 2)}"`), HANDLED),
      'is larger than 16777216 bytes',
    ],
  ])('%s', async (_, answer, found) => {
    const error = await failureOf(answer);
    expect(error).toBeInstanceOf(RetrieverError);
    expect(String(error)).toContain(found);
    expect(String(error)).toMatch(/on brain at http:\/\/127\.0\.0\.1:\d+\/find: /);
    expect(String(error)).not.toContain('apple');
  });

  test('none in time', async () => {
    const error = await failureOf(() => HANDLED, { timeout_ms: 50 });
    expect(error).toBeInstanceOf(RetrieverError);
    expect(String(error)).toContain('found no complete reply within 50 ms');
  });

  test('one that drips', async () => {
    const error = await failureOf((_, response) => (response.write('{"results":'), HANDLED), { timeout_ms: 50 });
    expect(String(error)).toContain('found no complete reply within 50 ms');
  });
});

test('a search that is broken off rejects with its reason, and the connection is closed', async () => {
  const gone = new EventEmitter();
  const closed = once(gone, 'close');
  const brain = await startHttpBrain((_, response) => (response.once('close', () => gone.emit('close')), HANDLED));
  const { retriever } = await openBrain({ kind: 'http', url: brain.url });
  const breaking = new AbortController();
  const search = retriever.search(ask('light', { signal: breaking.signal }));
  await brain.next();
  breaking.abort(new Error('the harbour closes'));
  await expect(search).rejects.toThrow('the harbour closes');
  await closed;
});

test('a host that nobody allowed is never called', async () => {
  const resolve = (): Promise<string[]> => Promise.resolve(['10.0.0.7']);
  const entry = { kind: 'http', url: 'http://brain.harbour.example/find' };
  const { retriever } = await openBrain(entry, { rules: { allowedHosts: [], resolve } });
  const error = (await retriever.search(ask('light')).catch((caught: unknown) => caught)) as ConfigError;
  expect(error).toBeInstanceOf(ConfigError);
  expect(error.message).toBe(
    'calling the search engine brain, on http://brain.harbour.example/find: expected this machine, found another host.',
  );
  expect(error.remedy).toBe('Add the host to search.allowed_hosts.');
});

test('an allowed host is called at the address that was checked', async () => {
  const brain = await startHttpBrain(answerWell);
  const rules = { allowedHosts: ['brain.harbour.example'], resolve: () => Promise.resolve(['127.0.0.1']) };
  const url = brain.url.replace('127.0.0.1', 'brain.harbour.example');
  const { retriever } = await openBrain({ kind: 'http', url }, { rules });
  expect((await retriever.search(ask('mole'))).results).toHaveLength(2);
});

test('a collection of given pages is made where the settings say', async () => {
  const brain = await startHttpBrain(() => null);
  const { retriever } = await openBrain({
    kind: 'http',
    url: `${brain.url}/find`,
    index: { url: `${brain.url}/shelves/coast`, method: 'PUT' },
  });
  const page = searchPageSchema.parse({ slug: 'harbour/tides', title: 'Tides', text: 'Of {{collection}}.' });
  await retriever.index!('coast', [page]);
  expect(brain.seen[0]).toMatchObject({ method: 'PUT', url: { pathname: '/shelves/coast' } });
  expect(JSON.parse(brain.seen[0]!.text)).toEqual({ collection: 'coast', pages: [page] });
});

test('a brain that cannot take pages has no index, and one that refuses them is a fault', async () => {
  const brain = await startHttpBrain((_, response) => (response.writeHead(507).end(), HANDLED));
  expect((await openBrain({ kind: 'http', url: brain.url })).retriever.index).toBeUndefined();
  const { retriever } = await openBrain({ kind: 'http', url: brain.url, index: { url: `${brain.url}/fill` } });
  await expect(retriever.index!('coast', [])).rejects.toThrow('/fill: expected an answer, found status 507');
});

test.each<[string, object, string]>([
  ['a body without the query', { body: { n: '{{limit}}' } }, 'on search.retrievers.brain.body: expected {{query}}, found it nowhere'],
  ['a placeholder that nobody knows', { body: { q: '{{query}}', m: '{{mood}}' } }, 'on search.retrievers.brain.body: expected {{query}}, '],
  [
    'a placeholder in the path',
    { url: 'http://127.0.0.1/{{query}}' },
    'on search.retrievers.brain.url: expected placeholders in the values',
  ],
  ['a path that is none', { slug: '$..' }, 'on search.retrievers.brain.slug: expected a path of RFC 9535, found "$.."'],
  ['a key that is not there', { api_key_env: 'BRAIN_KEY' }, 'on environment variable BRAIN_KEY: expected a key, found nothing'],
])('an entry with %s is told before anything is asked', async (_, more, fault) => {
  const opening = openBrain({ kind: 'http', url: 'http://127.0.0.1/find', ...more });
  await expect(opening).rejects.toThrow(ConfigError);
  await expect(opening).rejects.toThrow(fault);
});

test('what decides the answers decides the hash of the settings, keys and headers do not', async () => {
  const brain = await startHttpBrain(() => ({ results: [] }));
  const hashOf = async (more: object): Promise<string> => {
    const { retriever } = await openBrain({ kind: 'http', url: brain.url, ...more }, { env: { BRAIN_KEY: 'berth-7' } });
    return (await retriever.search(ask('mole'))).knob_hash;
  };
  const hash = await hashOf({});
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(await hashOf({ headers: { 'x-shelf': 'coast' }, api_key_env: 'BRAIN_KEY', timeout_ms: 5_000 })).toBe(hash);
  expect(await hashOf({ body: { q: '{{query}}' } })).not.toBe(hash);
  expect(await hashOf({ slug: '$.id' })).not.toBe(hash);
});
