import { expect, test } from 'vitest';
import { askQueries } from '../../../activities/measures/ask-queries.ts';
import { CollectionError, RetrieverError } from '../../../domain/shared/errors.ts';
import { scriptedRetriever, type Script } from '../../support/scripted-retriever.ts';

const QUERIES = ['who runs the harbour', 'when are apples picked', 'what grinds the grain'].map((query, at) => ({
  id: `q${at}`,
  query,
  embeddingDim: at === 0 ? 3 : null,
}));
const SHARED = { collection: 'village', strategy: 'keyword', mode: undefined, knobs: { limit: 10 } } as const;

async function ask(script: Script, signal?: AbortSignal) {
  const retriever = scriptedRetriever(script);
  const told: number[] = [];
  const given = await askQueries(retriever, QUERIES, { ...SHARED, signal }, (done) => void told.push(done));
  return { retriever, told, given };
}

test('asks each query once, in order, as an evaluation, and keeps pages with their scores', async () => {
  const { retriever, told, given } = await ask({ 'who runs the harbour': ['office', 'quay'] });
  expect(retriever.asked.map(({ query }) => query)).toEqual(QUERIES.map(({ query }) => query));
  expect(retriever.asked[0]).toMatchObject({
    isEvaluation: true,
    collection: 'village',
    strategy: 'keyword',
    knobs: { limit: 10 },
    embeddingDim: 3,
  });
  expect(told).toEqual([1, 2, 3]);
  expect(given[0]).toMatchObject({
    outcome: 'scored',
    error: null,
    latencyMs: 10,
    hits: [
      { key: 'default::office', score: 1 },
      { key: 'default::quay', score: 0.5 },
    ],
  });
  expect(given[1]).toMatchObject({ outcome: 'system_failure', hits: [], error: 'nothing was found' });
});

test('an engine that fails is a failure of the system, anything else one of ours; both leave the others alone', async () => {
  const { given } = await ask({
    'who runs the harbour': new RetrieverError('no answer', 'Start it.'),
    'when are apples picked': new TypeError('undefined is not a function'),
    'what grinds the grain': ['mill'],
  });
  expect(given.map(({ outcome }) => outcome)).toEqual(['system_failure', 'harness_error', 'scored']);
  expect(given[0]).toMatchObject({ error: 'no answer', latencyMs: null, meta: null });
});

test('what every query would meet ends it at once', async () => {
  await expect(ask({ 'who runs the harbour': new CollectionError('no such collection', 'Make it.') })).rejects.toThrow(
    'no such collection',
  );
});

test('an interrupt ends it before the next query', async () => {
  const stop = new AbortController();
  stop.abort(new Error('interrupted'));
  await expect(ask({}, stop.signal)).rejects.toThrow('interrupted');
});
