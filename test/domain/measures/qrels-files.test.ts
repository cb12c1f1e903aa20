import { describe, expect, test } from 'vitest';
import { readGateQrels, readQrels } from '../../../domain/measures/index.ts';

const FILE = 'harbour.qrels';
const json = (value: unknown): string => JSON.stringify(value);
const HARBOUR = { query: 'who runs the harbour', relevant_slugs: ['people/master', 'places/office'], first_relevant_slug: 'people/master' };
const formA = (...queries: unknown[]): string => json({ schema_version: 1, queries });

describe('form A', () => {
  test('slugs are pages of the default source, and the first of them is expected at the top', () => {
    const { form, queries } = readQrels(formA({ ...HARBOUR, embedding_dim: 3, label: 'people' }), FILE);
    expect(form).toBe('json-a');
    expect(queries).toEqual([
      {
        id: 'entry-0',
        query: 'who runs the harbour',
        label: 'people',
        embeddingDim: 3,
        grades: new Map([
          ['default::people/master', 1],
          ['default::places/office', 1],
        ]),
        expectedTop1: 'default::people/master',
      },
    ]);
  });

  test('pages with sources and grades win over slugs', () => {
    const relevant = [{ source_id: 'wiki', slug: 'office', grade: 2 }, { slug: 'master' }];
    const [query] = readQrels(formA({ ...HARBOUR, relevant, expected_top1: { source_id: 'wiki', slug: 'office' } }), FILE).queries;
    expect([...query!.grades]).toEqual([
      ['wiki::office', 2],
      ['default::master', 1],
    ]);
    expect(query!.expectedTop1).toBe('wiki::office');
  });

  test.each([
    ['another version', json({ schema_version: 2, queries: [HARBOUR] }), /schema_version to be 1, found 2.*upgrade/],
    ['no queries', json({ schema_version: 1, queries: [] }), /queries to be a list of at least one query/],
    ['queries that are no list', json({ schema_version: 1 }), /queries to be a list, found nothing/],
    ['a blank query', formA({ ...HARBOUR, query: '  ' }), /queries\[0\]\.query to be a text that is not blank/],
    ['an empty list of pages', formA({ ...HARBOUR, relevant_slugs: [] }), /queries\[0\]\.relevant_slugs to be a list of at least one/],
    ['no pages at all', formA({ query: 'who' }), /queries\[0\]\.relevant_slugs to be a list, found nothing/],
    ['an empty list of pages with sources', formA({ query: 'who', relevant: [] }), /queries\[0\]\.relevant to be a list of at least one/],
    [
      'a grade that is no whole number',
      formA({ query: 'who', relevant: [{ slug: 'a', grade: 1.5 }] }),
      /relevant\[0\]\.grade to be a whole/,
    ],
    ['an id twice', formA({ ...HARBOUR, query_id: 'q' }, { ...HARBOUR, query_id: 'q' }), /queries\[1\] to be one of its own, found "q"/],
    ['an id that a query without one takes', formA({ ...HARBOUR, query_id: 'entry-1' }, HARBOUR), /queries\[1\] to be one of its own/],
    ['grades that differ for a page', formA({ query: 'who', relevant: [{ slug: 'a' }, { slug: 'a', grade: 2 }] }), /one grade/],
    ['half a file', '{"schema_version":1,\n"queries":[', /harbour\.qrels:2: expected JSON/],
    ['a key twice', '{"schema_version":1,"schema_version":1,"queries":[]}', /stands twice/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readQrels(text, FILE)).toThrow(message);
    expect(() => readGateQrels(text, FILE)).toThrow(message);
  });
});

describe('form B', () => {
  test('a list, or an object of version 1, with grades beside', () => {
    const query = { id: 'q1', query: 'when are apples picked', relevant: ['orchard', 'garden'], grades: { orchard: 2, quay: -1 } };
    for (const text of [json([query]), json({ version: 1, queries: [query] })]) {
      const { form, queries } = readQrels(text, FILE);
      expect(form).toBe('json-b');
      expect([...queries[0]!.grades]).toEqual([
        ['default::orchard', 2],
        ['default::garden', 1],
        ['default::quay', -1],
      ]);
    }
  });

  test.each([
    ['a version that nobody knows', json({ version: 2, queries: [] }), /version to be 1, found 2/],
    ['an object without a version', json({ queries: [] }), /schema_version to be 1, found nothing/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readQrels(text, FILE)).toThrow(message);
  });
});

test.each([
  ['a bare list', json([{ query: 'who', relevant: ['a'] }]), /the file to be an object/],
  ['form B', json({ version: 1, queries: [] }), /schema_version to be 1/],
  [
    'a query that no page is relevant for',
    formA({ query: 'who', relevant: [{ slug: 'a', grade: 0 }] }),
    /entry-0 to be one with a relevant page/,
  ],
])('a gate refuses %s', (_, text, message) => {
  expect(() => readGateQrels(text, FILE)).toThrow(message);
});

describe('TREC', () => {
  test('four columns, comments and blank lines aside; the second column says nothing', () => {
    const { form, queries } = readQrels('# judged by hand\n1 0 boat 2\n\n1\tQ0\tquay\t-1\r\n01 0 boat 0\n', FILE);
    expect(form).toBe('trec');
    expect(queries.map(({ id, grades }) => [id, [...grades]])).toEqual([
      [
        '1',
        [
          ['boat', 2],
          ['quay', -1],
        ],
      ],
      ['01', [['boat', 0]]],
    ]);
  });

  test.each([
    ['three columns', '1 0 boat 1\n1 boat 1', /harbour\.qrels:2: expected four columns.*found 3/],
    ['a grade that is none', '1 0 boat high', /harbour\.qrels:1: expected a whole number as the grade, found "high"/],
    ['a grade with a point', '1 0 boat 1.0', /:1: expected a whole number/],
    ['a document twice', '1 0 boat 1\n2 0 boat 1\n1 0 boat 1', /harbour\.qrels:3: expected one judgment for a document/],
    ['nothing', '\n# only words\n', /at least one judgment, found none/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readQrels(text, FILE)).toThrow(message);
  });
});

describe('BEIR', () => {
  test('three columns with tabs between, below a header', () => {
    const { form, queries } = readQrels('query-id\tcorpus-id\tscore\n1\told boat\t1\n', FILE);
    expect(form).toBe('beir');
    expect([...queries[0]!.grades]).toEqual([['old boat', 1]]);
  });

  test.each([
    ['a file without a header', '1\tboat\t1\n', /:1: expected a header line first/],
    ['two columns', 'query-id\tcorpus-id\tscore\n1\tboat\n', /:2: expected three columns/],
    ['a grade that is none', 'query-id\tcorpus-id\tscore\n1\tboat\thigh\n', /:2: expected a whole number/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readQrels(text, FILE)).toThrow(message);
  });
});
