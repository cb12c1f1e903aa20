import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readBaseline } from '../../../adapters/gate/read-rows.ts';
import { buildBaseline, findDuplicates, verifyBaseline, writeBaseline, type BuiltBaseline } from '../../../domain/gate/index.ts';
import type { ReplayRow } from '../../../schemas/baseline.ts';
import { capturedRow } from '../../support/captured-rows.ts';
import { fc } from '../../support/fast-check.ts';

const FACTS = {
  label: 'harbour',
  publishedAt: '2026-05-24T00:00:00.000Z',
  thresholds: { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 },
  lauterVersion: '0.1.0',
  isSynthetic: false,
};

const ROWS = [
  capturedRow('who is alice', ['people/alice'], { source_ids: ['wiki'], corpus_hash: 'c1', knob_hash: 'k1', latency_ms: 20 }),
  capturedRow('acme deal', ['deals/acme', 'people/alice'], {
    corpus_hash: 'c1',
    knob_hash: 'k1',
    latency_ms: 31,
    extra: { kept: [1, null] },
  }),
];

function built(rows: readonly ReplayRow[] = ROWS): BuiltBaseline {
  return buildBaseline(rows, FACTS);
}

test('rows are stamped and sorted by tool, query hash and sources; the header holds their number, mean and hashes', () => {
  const { header, rows } = built([...ROWS, capturedRow('who is alice', ['people/alice'], { tool_name: 'search' })]);
  expect(rows.map(({ tool_name, query_hash }) => [tool_name, query_hash])).toEqual([
    ['query', '402d5cc73aa8140b'],
    ['query', '8f6b5912990e2e6b'],
    ['search', '8f6b5912990e2e6b'],
  ]);
  expect(header).toMatchObject({ row_count: 3, baseline_mean_latency_ms: 61 / 3, label: 'harbour', synthetic: false });
  // One row names no collection, so nobody can say which it was.
  expect(header).toMatchObject({ corpus_hash: null, knob_hash: null });
  expect(built().header).toMatchObject({ corpus_hash: 'c1', knob_hash: 'k1' });
});

test('equal queries are ordered by their sources, then by what they found', () => {
  const of = (sources: string[], slug: string): ReplayRow => capturedRow('acme deal', [slug], { source_ids: sources });
  const { rows } = built([of(['wiki'], 'b'), of(['notes', 'desk'], 'c'), of(['wiki'], 'a')]);
  expect(rows.map(({ retrieved_slugs }) => retrieved_slugs[0])).toEqual(['c', 'a', 'b']);
});

test('the content hash is that of the lines as canonical JSON, the corpus hash and the knob hash', () => {
  const lines = [
    '{"corpus_hash":"c1","extra":{"kept":[1,null]},"knob_hash":"k1","latency_ms":31,"query":"acme deal","query_hash":"402d5cc73aa8140b","retrieved_slugs":["deals/acme","people/alice"],"schema_version":1,"source_ids":[],"tool_name":"query"}',
    '{"corpus_hash":"c1","knob_hash":"k1","latency_ms":20,"query":"who is alice","query_hash":"8f6b5912990e2e6b","retrieved_slugs":["people/alice"],"schema_version":1,"source_ids":["wiki"],"tool_name":"query"}',
  ];
  expect(built().header.content_hash).toBe(
    createHash('sha256')
      .update(`${lines.join('\n')}\nc1\nk1`)
      .digest('hex'),
  );
});

test('the same rows in any order give the same file', () => {
  expect(writeBaseline(built([...ROWS].reverse()))).toBe(writeBaseline(built()));
});

test('a file that is read and written again is the same, byte by byte, with whatever fields rows bring', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const row = fc.tuple(
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.string()),
    fc.dictionary(
      fc.string().map((name) => `x${name}`),
      value,
    ),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (given) => {
      const text = writeBaseline(built(given.map(([query, slugs, extra]) => capturedRow(query, slugs, extra as Partial<ReplayRow>))));
      // What JSON cannot say, a number without its sign, is written as it is read.
      const once = writeBaseline(readBaseline({ name: 'a.baseline.ndjson', text }));
      expect(once).toBe(text);
      expect(verifyBaseline(readBaseline({ name: 'a.baseline.ndjson', text: once })).breaches).toEqual([]);
    }),
  );
});

test('numbers that a double cannot hold come through a baseline as they were', () => {
  const text = writeBaseline(built());
  const long = text.replace('"kept":[1,null]', '"kept":[12345678901234567890,null]');
  expect(writeBaseline(readBaseline({ name: 'long', text: long }))).toBe(long);
});

test('PUB-2, PUB-3: the same query is a duplicate with the same tool and sources only', () => {
  const [a, b] = [capturedRow('acme deal', [], { source_ids: ['a'] }), capturedRow('acme deal', [], { source_ids: ['b'] })];
  expect(findDuplicates([a, b, { ...a, tool_name: 'search' }])).toEqual([]);
  const both = capturedRow(' ACME  deal', ['other'], { source_ids: ['b', 'a'] });
  expect(findDuplicates([a, both, { ...both, source_ids: ['a', 'b'] }, a])).toEqual([
    'query|a,b|402d5cc73aa8140b',
    'query|a|402d5cc73aa8140b',
  ]);
  // No sources and an empty list of them are the same.
  expect(findDuplicates([capturedRow('x', []), capturedRow('x', [], { source_ids: [] })])).toHaveLength(1);
});

test('BAS-1: a slug that was edited breaks the content hash', () => {
  const { header, rows } = built();
  const [first, ...rest] = rows;
  const { attestation, breaches } = verifyBaseline({ header, rows: [{ ...first!, retrieved_slugs: ['deals/other'] }, ...rest] });
  expect(attestation).toBe('content');
  expect(breaches).toMatchObject([{ metric: 'baseline_content_hash', reason: 'baseline_tampered', failure_origin: 'input' }]);
});

test('BAS-2: a row that is missing breaks the number of rows too', () => {
  const { header, rows } = built();
  const { breaches } = verifyBaseline({ header, rows: rows.slice(0, -1) });
  expect(breaches.map(({ metric, reason }) => [metric, reason])).toEqual([
    ['baseline_row_count', 'baseline_tampered'],
    ['baseline_content_hash', 'baseline_tampered'],
  ]);
  expect(breaches[0]).toMatchObject({ observed: 1, threshold: 2 });
});

test.each([
  ['a corpus hash', { corpus_hash: 'c2' }, {}],
  ['a knob hash', { knob_hash: 'k2' }, {}],
  ['the hash of the queries', { source_hash: '0'.repeat(64) }, {}],
  ['the hash of a query', {}, { query_hash: '0'.repeat(16) }],
])('%s that was edited breaks the baseline', (_name, ofHeader, ofRow) => {
  const { header, rows } = built();
  const [first, ...rest] = rows;
  const { breaches } = verifyBaseline({ header: { ...header, ...ofHeader }, rows: [{ ...first!, ...ofRow }, ...rest] });
  expect(breaches).toMatchObject([{ metric: 'baseline_content_hash', reason: 'baseline_tampered' }]);
});

test('without a content hash a baseline attests its queries only, and those it does', () => {
  const { header, rows } = built();
  const { content_hash: _, ...older } = header;
  const [first, ...rest] = rows;
  expect(verifyBaseline({ header: older, rows: [{ ...first!, retrieved_slugs: ['deals/other'] }, ...rest] })).toEqual({
    attestation: 'queries_only',
    breaches: [],
  });
  expect(verifyBaseline({ header: older, rows: [{ ...first!, query: 'another deal' }, ...rest] }).breaches).toHaveLength(1);
});
