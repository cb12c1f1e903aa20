import { expect, test } from 'vitest';
import { compareRow, depthOf, failRow, skipRow, summarizeReplay, worstRows } from '../../../domain/gate/index.ts';
import type { ReplayRow } from '../../../schemas/baseline.ts';
import type { ReplayResult } from '../../../schemas/replay-report.ts';
import { capturedRow } from '../../support/captured-rows.ts';
import { responseOf, type AnswerMeta } from '../../support/scripted-retriever.ts';

function compare(row: ReplayRow, now: readonly string[], compareLimit?: number, meta?: AnswerMeta): ReplayResult {
  return compareRow(row, responseOf(row, now, meta), compareLimit).result;
}

test.each([
  ['RPL-1', ['a', 'b'], ['a', 'b'], { jaccard: 1, top1Match: true, rbo: 1 }],
  ['RPL-2', ['a', 'b'], ['a', 'c'], { jaccard: 1 / 3, top1Match: true }],
  // By hand: agreements 0 and 1, so 0.1 x 0.9 x 1 + 0.81 x 1.
  ['RPL-3', ['a', 'b'], ['b', 'a'], { jaccard: 1, top1Match: false, rbo: expect.closeTo(0.9, 12) as number }],
  ['RPL-5', [], [], { jaccard: 1, top1Match: true, rbo: 1 }],
  ['one empty', ['a'], [], { jaccard: 0, top1Match: false, rbo: 0 }],
  ['the other empty', [], ['a'], { jaccard: 0, top1Match: false, rbo: 0 }],
])('%s: %j against %j', (_id, before, now, expected) => {
  expect(compare(capturedRow('the tide', before), now)).toMatchObject(expected);
});

test('passages of one page count once, at the first of them, before the cut', () => {
  expect(compare(capturedRow('the tide', ['a', 'b']), ['a', 'a', 'b', 'c'])).toMatchObject({ jaccard: 1, current_slugs: ['a', 'b'] });
  expect(compare(capturedRow('the tide', ['a', 'a', 'b']), ['a', 'b'])).toMatchObject({ jaccard: 1, captured_slugs: ['a', 'b'] });
});

test('the depth is the one asked for, else the limit of the row, else what was captured, else 10', () => {
  const row = capturedRow('the tide', ['a', 'b', 'b']);
  expect(depthOf({ ...row, limit: 7 }, 3)).toBe(3);
  expect(depthOf({ ...row, limit: 7 })).toBe(7);
  expect(depthOf(row)).toBe(2);
  expect(depthOf({ ...row, limit: null, retrieved_slugs: [] })).toBe(10);
  // One slug may be two pages.
  expect(depthOf({ ...row, retrieved_slugs: ['a'], retrieved_keys: ['wiki::a', 'desk::a'] })).toBe(2);
});

test('both lists are cut to one depth', () => {
  expect(compare(capturedRow('the tide', ['a', 'b', 'c']), ['a', 'b', 'x'], 2)).toMatchObject({ jaccard: 1, captured_slugs: ['a', 'b'] });
  expect(compare(capturedRow('the tide', []), Array.from('abcdefghijklm')).current_slugs).toHaveLength(10);
});

test('pages are told apart by source and slug where the row says of which source they are', () => {
  const row = capturedRow('the tide', ['a']);
  expect(compare(row, ['wiki::a'])).toMatchObject({ jaccard: 0, identity: 'key' });
  expect(compare({ ...row, source_ids: ['wiki'] }, ['wiki::a'])).toMatchObject({ jaccard: 1, identity: 'key' });
  expect(compare({ ...row, source_ids: ['wiki', 'wiki'] }, ['wiki::a'])).toMatchObject({ jaccard: 1, identity: 'key' });
  expect(compare({ ...row, source_ids: [] }, ['default::a'])).toMatchObject({ jaccard: 1, identity: 'key' });
  expect(compare({ ...row, source_ids: ['wiki'], retrieved_keys: ['desk::a'] }, ['desk::a'])).toMatchObject({
    jaccard: 1,
    identity: 'key',
  });
});

test('slugs of several sources without keys are compared as slugs, and the row says so', () => {
  const row = capturedRow('the tide', ['a', 'b'], { source_ids: ['wiki', 'desk'] });
  expect(compare(row, ['desk::a', 'wiki::a', 'wiki::b'])).toMatchObject({ jaccard: 1, identity: 'slug_only', current_slugs: ['a', 'b'] });
  const keyed = { ...row, retrieved_keys: ['wiki::a', 'desk::a', 'wiki::b'] };
  expect(compare(keyed, ['wiki::a', 'desk::a', 'wiki::b'])).toMatchObject({ jaccard: 1, identity: 'key' });
  // An empty list of keys beside slugs is a field that was filled in, not a result.
  expect(compare({ ...row, retrieved_keys: [] }, ['desk::a', 'wiki::b'])).toMatchObject({ jaccard: 1, identity: 'slug_only' });
});

test('each page of either list is told with its places', () => {
  expect(compare(capturedRow('the tide', ['a', 'b']), ['c', 'a']).movement).toEqual([
    { key: 'default::a', captured_rank: 1, current_rank: 2 },
    { key: 'default::b', captured_rank: 2, current_rank: null },
    { key: 'default::c', captured_rank: null, current_rank: 1 },
  ]);
});

test('a row is degraded when its vector arm, or a stage that the config asks for, is gone', () => {
  const withVectors = capturedRow('the tide', ['a'], { vector_enabled: true });
  expect(compare(withVectors, ['a'], 5, { vector_enabled: true }).degraded).toBeUndefined();
  expect(compare(withVectors, ['a'], 5, { degraded: ['no_embedder'] }).degraded).toBe(true);
  expect(compare(capturedRow('the tide', ['a']), ['a'], 5, { degraded: ['no_embedder'] }).degraded).toBeUndefined();
  for (const degraded of ['embedding_failed', 'embedder_mismatch', 'reranker_failed', 'no_reranker'] as const)
    expect(compare(capturedRow('the tide', ['a']), ['a'], 5, { degraded: [degraded] }).degraded).toBe(true);
});

test('RPL-6: means are over the rows that were replayed', () => {
  const rows = [capturedRow('the tide', ['a', 'b']), capturedRow('the loft', ['c'])];
  const summary = summarizeReplay([
    compareRow(rows[0]!, responseOf(rows[0]!, ['a', 'b'])),
    compareRow(rows[1]!, responseOf(rows[1]!, ['d'])),
  ]);
  expect(summary).toMatchObject({ rows_total: 2, rows_replayed: 2, mean_jaccard: 0.5, top1_stability_rate: 0.5, mean_rbo: 0.5 });
  expect(summary).toMatchObject({
    mean_latency_delta_ms: 0,
    p50_latency_ms: 10,
    p95_latency_ms: 10,
    knob_hash: 'knobs',
    corpus_hash: 'corpus',
  });
});

test('strict figures count a row that errored as 0 and leave out those that were skipped', () => {
  const row = capturedRow('the tide', ['a']);
  const replayed = compareRow(row, responseOf(row, ['a']));
  const summary = summarizeReplay([replayed, failRow(row, 'the engine is gone'), skipRow(row, 'empty query')]);
  expect(summary).toMatchObject({ rows_total: 3, rows_replayed: 1, rows_skipped: 1, rows_errored: 1 });
  expect(summary).toMatchObject({ mean_jaccard: 1, mean_jaccard_strict: 0.5, top1_stability_rate: 1, top1_stability_strict: 0.5 });
});

test('without a row there is no mean, and one number that is none takes the mean away', () => {
  const row = capturedRow('the tide', ['a']);
  expect(summarizeReplay([])).toMatchObject({
    mean_jaccard: null,
    mean_jaccard_strict: null,
    p50_latency_ms: null,
    knob_hash: null,
    corpus_hash: null,
  });
  const strange = compareRow(row, responseOf(row, ['a'], { latency_ms: Number.NaN }));
  expect(summarizeReplay([strange])).toMatchObject({ mean_jaccard: 1, mean_latency_delta_ms: null, p95_latency_ms: null });
});

test('rows more than twice as slow are counted against their own latency', () => {
  const replay = (before: number, now: number) => {
    const row = capturedRow('the tide', ['a'], { latency_ms: before });
    return compareRow(row, responseOf(row, ['a'], { latency_ms: now }));
  };
  expect(summarizeReplay([replay(10, 20), replay(10, 21), replay(0, 5)])).toMatchObject({ rows_over_2x_latency: 1 });
});

test('a collection that changed meanwhile has no hash', () => {
  const row = capturedRow('the tide', ['a']);
  const at = (corpus_hash: string) => compareRow(row, responseOf(row, ['a'], { corpus_hash }));
  expect(summarizeReplay([at('one'), at('other')]).corpus_hash).toBeNull();
});

test('the rows that moved come furthest first, errors before all, and no others', () => {
  const of = (query: string, before: string[], now: string[]) => compareRow(capturedRow(query, before), responseOf({ query }, now)).result;
  const results = [
    of('same', ['a', 'b'], ['a', 'b']),
    of('below the first', ['a', 'b', 'c'], ['a', 'c', 'b']),
    of('gone', ['a'], ['z']),
    failRow(capturedRow('threw', ['a']), 'gone').result,
    skipRow(capturedRow(' ', []), 'empty query').result,
    of('turned', ['a', 'b'], ['b', 'a']),
  ];
  expect(worstRows(results, 9).map(({ query }) => query)).toEqual(['threw', 'gone', 'turned', 'below the first']);
  expect(worstRows(results, 1)).toHaveLength(1);
});
