import { describe, expect, test } from 'vitest';
import { checkPaths, readResults, type ResultPaths } from '../../../adapters/retriever/read-results.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';

const PATHS: ResultPaths = {
  results: '$.hits[*]',
  slug: '$.doc.id',
  source_id: '$.doc.shelf',
  chunk_id: '$.part',
  title: '$.doc.title',
  text: '$.snippet',
  score: '$.score',
};
const LIGHTS = { doc: { id: 'harbour/lights', shelf: 'harbour', title: 'Lights' }, part: 3, snippet: 'The green light.', score: 0.5 };

describe('what is read', () => {
  test('every field, from wherever its path leads', () => {
    expect(readResults({ hits: [LIGHTS] }, PATHS)).toEqual([
      { sourceId: 'harbour', slug: 'harbour/lights', chunkId: 3, title: 'Lights', text: 'The green light.', score: 0.5 },
    ]);
  });

  test('what is absent or null, or has no path, is not known', () => {
    const unknown = { sourceId: 'default', slug: 'tides', chunkId: null, title: '', text: '', score: null };
    expect(readResults({ hits: [{ doc: { id: 'tides', shelf: null }, score: null }] }, PATHS)).toEqual([unknown]);
    expect(readResults({ hits: [{ id: 'tides', title: 'x', score: 'high' }] }, { results: '$.hits[*]', slug: '$.id' })).toEqual([unknown]);
  });

  test('results may be bare ids, and ids may be numbers', () => {
    const rows = readResults(['tides', 12, 0], { results: '$[*]', slug: '$' });
    expect(rows).toMatchObject([{ slug: 'tides' }, { slug: '12' }, { slug: '0' }]);
  });

  test('the order is that of the answer, whatever the scores say', () => {
    const hits = [1, 9, 5].map((score) => ({ ...LIGHTS, doc: { id: `at-${score}` }, score }));
    expect(readResults({ hits }, PATHS)).toMatchObject([{ slug: 'at-1' }, { slug: 'at-9' }, { slug: 'at-5' }]);
  });

  test('half a surrogate pair in a text is replaced', () => {
    expect(readResults({ hits: [{ ...LIGHTS, snippet: 'a\ud800b' }] }, PATHS)).toMatchObject([{ text: 'a\ufffdb' }]);
  });

  test.each<[JsonValue]>([[{ hits: [] }], [{ hits: {} }]])('nothing found: %j', (answer) => {
    expect(readResults(answer, PATHS)).toEqual([]);
  });
});

describe('what is refused', () => {
  test.each<[string, JsonValue, string]>([
    ['no list', { error: 'tired' }, 'expected a list at $.hits, found none'],
    ['a null list', { hits: null }, 'expected a list at $.hits, found none'],
    ['a text for a list', { hits: 'none' }, 'expected a list at $.hits, found none'],
    ['null', null, 'expected a list at $.hits, found none'],
    ['no id', { hits: [LIGHTS, { score: 1 }] }, 'found nothing in result 2'],
    ['a null id', { hits: [{ doc: { id: null } }] }, 'found null in result 1'],
    ['a blank id', { hits: [{ doc: { id: ' \n' } }] }, 'found a blank text in result 1'],
    ['an id that reading has changed', { hits: [{ doc: { id: 2 ** 53 } }] }, 'found a number in result 1'],
    ['a fraction for an id', { hits: [{ doc: { id: 1.5 } }] }, 'found a number in result 1'],
    ['an id that is no text', { hits: [{ doc: { id: 'a\udfff' } }] }, 'at $.doc.id, found a text in result 1'],
    ['a list for an id', { hits: [{ doc: { id: ['a'] } }] }, 'found a list in result 1'],
    ['a text for a score', { hits: [{ ...LIGHTS, score: 'NaN' }] }, 'expected a finite number at $.score, found a text in result 1'],
    [
      'an endless score',
      { hits: [{ ...LIGHTS, score: JSON.parse('1e999') as number }] },
      'expected a finite number at $.score, found a number',
    ],
    ['a number for a title', { hits: [{ doc: { id: 'a', title: 4 } }] }, 'expected a text at $.doc.title, found a number in result 1'],
    ['a text for a chunk', { hits: [{ ...LIGHTS, part: '3' }] }, 'expected an integer at $.part, found a text in result 1'],
    ['a truth for a source', { hits: [{ doc: { id: 'a', shelf: true } }] }, 'found true or false in result 1'],
    ['a list for a result', { hits: [[LIGHTS]] }, 'found nothing in result 1'],
  ])('%s', (_, answer, fault) => {
    expect(readResults(answer, PATHS)).toContain(fault);
  });

  test('a field in several places', () => {
    const paths = { ...PATHS, slug: '$..id' };
    expect(readResults({ hits: [{ doc: { id: 'a' }, id: 'b' }] }, paths)).toBe('expected one value at $..id, found 2 in result 1');
  });

  test('no word of the answer is in the refusal', () => {
    expect(readResults({ hits: [{ doc: { id: 'a', title: ['secret'] } }] }, PATHS)).not.toContain('secret');
  });
});

test('a path that ends otherwise may select nothing', () => {
  const paths = { ...PATHS, results: "$.hits[?@.kind=='page']" };
  expect(readResults({ hits: [{ kind: 'image' }] }, paths)).toEqual([]);
  expect(readResults({ error: 'tired' }, paths)).toEqual([]);
});

test.each(['results', '$.', '$[', '$.hits[?(', '$.a b'])('%j is no path', (path) => {
  expect(() => checkPaths({ ...PATHS, results: path }, 'search.retrievers.brain')).toThrow(
    'on search.retrievers.brain.results: expected a path of RFC 9535',
  );
});
