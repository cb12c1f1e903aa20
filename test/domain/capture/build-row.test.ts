import { expect, test } from 'vitest';
import { buildRow, exportedRow, type CapturedHit } from '../../../domain/capture/index.ts';
import { capturedRowSchema } from '../../../schemas/captured-row.ts';
import { answeredSearch } from '../../support/answered-search.ts';

function rowOf(results: readonly CapturedHit[]) {
  const search = answeredSearch();
  return buildRow({ ...search, response: { ...search.response, results } }, search.query, {});
}

test('CAP-6: slugs once, in the order of their first rank; every chunk', () => {
  const row = rowOf([
    { slug: 'a', source_id: 'default', chunk_id: 1, score: 3 },
    { slug: 'a', source_id: 'default', chunk_id: 2, score: 2 },
    { slug: 'b', source_id: 'default', chunk_id: 3, score: 1 },
  ]);
  expect(row).toMatchObject({
    retrieved_slugs: ['a', 'b'],
    retrieved_chunk_ids: [1, 2, 3],
    source_ids: ['default'],
    retrieved_keys: ['default::a', 'default::b'],
    retrieved_scores: [3, 1],
  });
});

test('CAP-7: the same slug of two sources is one slug, two sources, two keys', () => {
  const row = rowOf([
    { slug: 'a', source_id: 'default', chunk_id: 1, score: 2 },
    { slug: 'a', source_id: 'wiki', chunk_id: 9, score: 1 },
  ]);
  expect(row).toMatchObject({ retrieved_slugs: ['a'], source_ids: ['default', 'wiki'], retrieved_keys: ['default::a', 'wiki::a'] });
});

test.each([undefined, null, ''])('CAP-7: results without a source (%j) make no source', (source_id) => {
  const row = rowOf([{ slug: 'a', source_id, chunk_id: null, score: 1 }]);
  expect(row).toMatchObject({ source_ids: [], retrieved_chunk_ids: [], retrieved_keys: ['default::a'] });
});

test('a keyword search is called search and expands nothing, the others are called query', () => {
  const build = (strategy: 'keyword' | 'hybrid' | 'vector') => buildRow(answeredSearch({ strategy, expandEnabled: true }), 'pears', {});
  expect(build('keyword')).toMatchObject({ tool_name: 'search', expand_enabled: null });
  expect(build('hybrid')).toMatchObject({ tool_name: 'query', expand_enabled: true });
  expect(build('vector')).toMatchObject({ tool_name: 'query', expand_enabled: true });
});

test('a row has the fields of the format, schema_version first, and whole milliseconds', () => {
  const built = buildRow(answeredSearch({ detail: 'high' }), 'pears', { email: 2 });
  const row = { ...built, id: 7, created_at: '2026-03-02T08:15:00.000Z', internal: 'no business of anybody' };
  const exported = exportedRow(row);
  expect(capturedRowSchema.parse(exported)).toEqual(exported);
  expect(Object.keys(exported)).toEqual(Object.keys(capturedRowSchema.shape));
  expect(Object.keys(exported)[0]).toBe('schema_version');
  expect(exported).toMatchObject({ detail: 'high', detail_resolved: 'medium', latency_ms: 12, scrub_counts: { email: 2 }, remote: false });
});
