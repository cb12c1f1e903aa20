import { expect, test } from 'vitest';
import { fillTemplate, readPlaceholders } from '../../../adapters/retriever/fill-template.ts';
import { fillQuery, readRequestTemplate } from '../../../adapters/retriever/request-template.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { fc } from '../../support/fast-check.ts';

const VALUES = { query: 'green light', limit: 7, collection: 'coast', source: undefined, strategy: 'hybrid' };

test.each<[string, JsonValue, JsonValue]>([
  ['a string that is one placeholder takes the type of the value', { q: '{{query}}', n: '{{limit}}' }, { q: 'green light', n: 7 }],
  ['spaces inside the braces say nothing', '{{ limit }}', 7],
  ['in a longer string a value is text', { q: 'about {{query}}, {{limit}} times' }, { q: 'about green light, 7 times' }],
  ['a property without a value is left out', { filter: { source: '{{source}}', on: true } }, { filter: { on: true } }],
  ['an element without a value is null', ['{{source}}', 1], [null, 1]],
  ['text without a value is empty', 'of {{source}}!', 'of !'],
  ['what is no placeholder stays', { a: '{query}', b: 3, c: null, d: '{{' }, { a: '{query}', b: 3, c: null, d: '{{' }],
])('%s', (_, template, expected) => {
  expect(fillTemplate(template, VALUES)).toEqual(expected);
});

test.each(['a "quoted" word', '{{limit}}', '$& $1 $`', '\\u0022,"n":1', 'line\nbreak', '\u0000', '}}{{query}}{{'])(
  'the query %j stays data',
  (query) => {
    const values = { ...VALUES, query };
    expect(fillTemplate({ whole: '{{query}}', part: '<{{query}}>' }, values)).toEqual({ whole: query, part: `<${query}>` });
    const url = fillQuery('http://127.0.0.1/find?q={{query}}&n={{limit}}&fixed=1', values);
    expect(url.origin + url.pathname).toBe('http://127.0.0.1/find');
    expect([...url.searchParams]).toEqual([
      ['q', query],
      ['n', '7'],
      ['fixed', '1'],
    ]);
  },
);

test('whatever is asked, the shape of the template does not change', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (query) => {
      const filled = fillTemplate({ q: '{{query}}', also: ['x {{query}} y'], n: 1 }, { ...VALUES, query });
      expect(filled).toEqual({ q: query, also: [`x ${query} y`], n: 1 });
    }),
  );
});

test('a parameter without a value is left out, and one without a placeholder is left alone', () => {
  expect(fillQuery('http://127.0.0.1/find?s={{source}}&a=b', VALUES).search).toBe('?a=b');
  expect(fillQuery('http://127.0.0.1/find?a=b+c%20d', VALUES).search).toBe('?a=b+c%20d');
});

test('names that are not known are refused, wherever they stand', () => {
  const read = (template: JsonValue): ReadonlySet<string> => readPlaceholders(template, ['query', 'limit'], 'search.retrievers.brain.body');
  expect([...read({ a: ['{{query}}'], b: { c: 'x{{limit}}' } })]).toEqual(['query', 'limit']);
  expect(() => read({ a: '{{question}}' })).toThrow('on search.retrievers.brain.body: expected {{query}}, {{limit}}, found {{question}}');
  expect(() => read({ '{{query}}': 1 })).toThrow('found {{query}} in a key');
});

test.each(['http://127.0.0.1/{{query}}', 'http://127.0.0.1/find#{{query}}', 'http://127.0.0.1/%7B%7Bquery}}/x'])(
  'a placeholder where it could lead elsewhere is refused: %s',
  (url) => {
    expect(() => readRequestTemplate({ url, body: undefined, known: ['query'], setting: 'brain' })).toThrow(
      'the values of the query string only',
    );
  },
);
