import { describe, expect, test } from 'vitest';
import { asRetriever } from '../../../adapters/retriever/as-retriever.ts';
import type { Engine, Question } from '../../../adapters/retriever/engine.ts';
import { RetrieverError, ConfigError } from '../../../domain/shared/errors.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { searchResponseSchema } from '../../../schemas/search-response.ts';
import { ask } from '../../support/brain/open-brain.ts';

const PATHS = { results: '$[*]', slug: '$.slug', source_id: '$.source', chunk_id: '$.chunk', text: '$.text', score: '$.score' };

function engineOf(answer: JsonValue, more: Partial<Engine> = {}) {
  const asked: Question[] = [];
  const engine: Engine = {
    where: 'brain (made by hand)',
    paths: PATHS,
    knowsSource: true,
    ask: (question) => Promise.resolve((asked.push(question), answer)),
    close: () => Promise.resolve(),
    ...more,
  };
  const limitOf = (): number => 3;
  return { asked, retriever: asRetriever(engine, { name: 'brain', knobHash: '0123456789abcdef', limitOf }) };
}

const slugs = (...names: readonly string[]): JsonValue => names.map((slug) => ({ slug }));

test('an answer becomes a response that keeps to the schema', async () => {
  const { retriever, asked } = engineOf([{ slug: 'lights', source: 'harbour', chunk: 2, text: 'green', score: 0.25 }]);
  const response = await retriever.search(ask('green light', { detail: 'high', source: 'harbour' }));
  expect(searchResponseSchema.parse(response)).toEqual(response);
  expect(response.results).toEqual([
    {
      source_id: 'harbour',
      slug: 'lights',
      key: 'harbour::lights',
      chunk_id: 2,
      kind: 'body',
      title: '',
      text: 'green',
      score: 0.25,
      rank: 1,
      arms: [],
      flags: [],
    },
  ]);
  expect(response).toMatchObject({ query: 'green light', mode: 'n/a', knob_hash: '0123456789abcdef', detail: 'high' });
  expect(response.meta).toMatchObject({ degraded: [], vector_enabled: false, cache: 'off', corpus_hash: 'unknown' });
  expect(asked).toEqual([{ query: 'green light', limit: 3, collection: 'coast', strategy: 'hybrid', source: 'harbour' }]);
});

describe('lists that are not as they should be', () => {
  test('a longer one is cut', async () => {
    const { results } = await engineOf(slugs('a', 'b', 'c', 'd', 'e')).retriever.search(ask('light'));
    expect(results.map(({ slug, rank }) => [slug, rank])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
  });

  test('repeated results are dropped before it is cut', async () => {
    const { results } = await engineOf(slugs('a', 'a', 'b', 'a', 'c', 'd')).retriever.search(ask('light'));
    expect(results.map(({ slug }) => slug)).toEqual(['a', 'b', 'c']);
  });

  test('two chunks of a page, or two beginnings, are two results; the same slug of two sources is two pages', async () => {
    const rows = [
      { slug: 'a', chunk: 1, text: 'same' },
      { slug: 'a', chunk: 2, text: 'same' },
      { slug: 'a', source: 'orchard', chunk: 1, text: 'same' },
    ];
    expect((await engineOf(rows).retriever.search(ask('light'))).results).toHaveLength(3);
    const texts = [
      { slug: 'a', text: `${'x'.repeat(64)}y` },
      { slug: 'a', text: `${'x'.repeat(64)}z` },
      { slug: 'a', text: 'other' },
    ];
    expect((await engineOf(texts).retriever.search(ask('light'))).results).toHaveLength(2);
  });

  test('scores are the places unless every result has one', async () => {
    const rows = [{ slug: 'a', score: 9 }, { slug: 'b' }];
    expect((await engineOf(rows).retriever.search(ask('light'))).results.map(({ score }) => score)).toEqual([1, 0.5]);
  });

  test('an offset asks for more and leaves the first out', async () => {
    const { retriever, asked } = engineOf(slugs('a', 'b', 'c', 'd', 'e', 'f'));
    const { results } = await retriever.search(ask('light', { offset: 2 }));
    expect(asked[0]?.limit).toBe(5);
    expect(results.map(({ slug, rank }) => [slug, rank])).toEqual([
      ['c', 3],
      ['d', 4],
      ['e', 5],
    ]);
  });

  test('an empty one is an answer', async () => {
    expect((await engineOf([]).retriever.search(ask('light'))).results).toEqual([]);
  });
});

test('a page of another source than was asked for makes the answer unusable', async () => {
  const { retriever } = engineOf([
    { slug: 'lights', source: 'harbour' },
    { slug: 'bees', source: 'orchard' },
  ]);
  const error = await retriever.search(ask('light', { source: 'harbour' })).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RetrieverError);
  expect(String(error)).toContain(
    'on brain (made by hand): expected pages of the source that was asked for, found another source in result 2',
  );
  await expect(retriever.search(ask('light'))).resolves.toMatchObject({ results: [{}, {}] });
});

test('a source cannot be asked for where the engine is not told of it', async () => {
  const { retriever, asked } = engineOf([], { knowsSource: false });
  await expect(retriever.search(ask('light', { source: 'harbour' }))).rejects.toThrow(ConfigError);
  expect(asked).toEqual([]);
});

test('what is broken off before it began is never asked', async () => {
  const { retriever, asked } = engineOf([]);
  await expect(retriever.search(ask('light', { signal: AbortSignal.abort(new Error('too late')) }))).rejects.toThrow('too late');
  expect(asked).toEqual([]);
});

test('an engine that cannot be filled has no index', () => {
  expect(engineOf([]).retriever.index).toBeUndefined();
});
