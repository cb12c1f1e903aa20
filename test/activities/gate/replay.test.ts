import { expect, test } from 'vitest';
import { replayRows, type ReplayPlan } from '../../../activities/gate/replay.ts';
import { runQueries } from '../../../activities/gate/run-queries.ts';
import { summarizeReplay } from '../../../domain/gate/index.ts';
import type { JudgedQuery } from '../../../domain/measures/index.ts';
import { CollectionError, RetrieverError } from '../../../domain/shared/errors.ts';
import type { ReplayRow } from '../../../schemas/baseline.ts';
import { capturedRow } from '../../support/captured-rows.ts';
import { scriptedRetriever, type ScriptedRetriever } from '../../support/scripted-retriever.ts';

function replay(retriever: ScriptedRetriever, rows: readonly ReplayRow[], plan: Partial<ReplayPlan> = {}, withoutVectors = retriever) {
  const engines = { standard: retriever, withoutVectors: () => Promise.resolve(withoutVectors) };
  return replayRows(engines, rows, { collection: 'harbour', ...plan });
}

test('rows go through the entry point that users call, as they were captured and past the cache', async () => {
  const retriever = scriptedRetriever({});
  const rows = [
    capturedRow('the tide', ['a', 'b'], { detail: 'high', expand_enabled: true, limit: 25 }),
    capturedRow('the loft', ['a', 'b'], { tool_name: 'search', expand_enabled: false }),
    capturedRow('the barn', []),
  ];
  await replay(retriever, rows, { mode: 'conservative', knobs: { rerank_top_n_in: 7 } });
  expect(retriever.asked).toMatchObject([
    { collection: 'harbour', query: 'the tide', strategy: 'hybrid', mode: 'conservative', detail: 'high', isEvaluation: true },
    { query: 'the loft', strategy: 'keyword', detail: undefined, isEvaluation: true },
    { query: 'the barn', strategy: 'hybrid' },
  ]);
  // Two pages may be four passages.
  expect(retriever.asked.map(({ knobs }) => knobs)).toEqual([
    { limit: 25, expansion: true, rerank_top_n_in: 7 },
    { limit: 4, rerank_top_n_in: 7 },
    { limit: 20, rerank_top_n_in: 7 },
  ]);
});

test('fewer pages to compare leave a search as it was captured; for more of them, more passages are asked for', async () => {
  const retriever = scriptedRetriever({});
  const row = capturedRow('the tide', ['a'], { limit: 25 });
  for (const compareLimit of [3, 25, 30]) await replay(retriever, [row], { compareLimit });
  expect(retriever.asked.map(({ knobs }) => knobs?.limit)).toEqual([25, 25, 60]);
});

test('hybrid rows that were captured without vectors are put without them', async () => {
  const [retriever, without] = [scriptedRetriever({}), scriptedRetriever({})];
  const rows = [
    capturedRow('the tide', [], { vector_enabled: false }),
    capturedRow('the loft', [], { vector_enabled: true }),
    capturedRow('the barn', []),
    capturedRow('the quay', [], { vector_enabled: false, tool_name: 'search' }),
  ];
  await replay(retriever, rows, {}, without);
  expect(without.asked.map(({ query }) => query)).toEqual(['the tide']);
  expect(retriever.asked.map(({ query }) => query)).toEqual(['the loft', 'the barn', 'the quay']);
});

test('RPL-7: a blank query is skipped', async () => {
  const retriever = scriptedRetriever({});
  const rows = await replay(retriever, [capturedRow(' \t', ['a'])]);
  expect(retriever.asked).toEqual([]);
  expect(rows[0]?.result).toMatchObject({ skipped: true, skip_reason: 'empty query', jaccard: null });
  expect(summarizeReplay(rows)).toMatchObject({ rows_total: 1, rows_replayed: 0, rows_skipped: 1, mean_jaccard: null });
});

test('a search that throws makes an errored row that keeps what was said, and the others go on', async () => {
  const retriever = scriptedRetriever({ 'the tide': new RetrieverError('the engine is gone', 'Start it.'), 'the loft': ['a'] });
  const [errored, fine] = await replay(retriever, [capturedRow('the tide', ['a']), capturedRow('the loft', ['a'])]);
  expect(errored?.result).toMatchObject({ errored: true, error_message: 'the engine is gone', jaccard: 0, current_slugs: [] });
  expect(fine?.result).toMatchObject({ jaccard: 1 });
});

test('a question that cannot be put at all ends the replay', async () => {
  const retriever = scriptedRetriever({ 'the tide': new CollectionError('no such collection', 'Name another.') });
  await expect(replay(retriever, [capturedRow('the tide', ['a'])])).rejects.toThrow('no such collection');
});

test('an interrupt ends the replay before the next row', async () => {
  const stop = new AbortController();
  const retriever = scriptedRetriever({});
  const rows = [capturedRow('the tide', []), capturedRow('the loft', [])];
  await expect(replay(retriever, rows, { signal: stop.signal, onRow: () => stop.abort() })).rejects.toThrow();
  expect(retriever.asked).toHaveLength(1);
});

test('an embedder that disappears in mid-run leaves degraded rows behind', async () => {
  let searches = 0;
  const metaOf = () =>
    (searches += 1) > 1 ? { vector_enabled: false, degraded: ['embedding_failed' as const] } : { vector_enabled: true };
  const retriever = scriptedRetriever({ 'the tide': ['a'] }, metaOf);
  const row = capturedRow('the tide', ['a'], { vector_enabled: true });
  expect(summarizeReplay(await replay(retriever, [row, row, row]))).toMatchObject({ rows_replayed: 3, rows_degraded: 2 });
});

function judged(query: string, more: Partial<JudgedQuery> = {}): JudgedQuery {
  return { id: query, query, label: null, embeddingDim: null, grades: new Map([['default::a', 1]]), expectedTop1: null, ...more };
}

test('queries of judgments ask for enough passages, bring their vectors when asked to, and fail one by one', async () => {
  const retriever = scriptedRetriever({ 'the tide': ['a', 'a', 'b'], 'the loft': new RetrieverError('gone', '') });
  const plan = { collection: 'harbour', k: 3, hasVectors: true };
  const { answers, degraded } = await runQueries(retriever, [judged('the tide', { embeddingDim: 7 }), judged('the loft')], plan);
  expect(retriever.asked).toMatchObject([
    { embeddingDim: 7, knobs: { limit: 10 }, strategy: 'hybrid', isEvaluation: true },
    { embeddingDim: undefined },
  ]);
  expect(answers).toEqual([{ keys: ['default::a', 'default::a', 'default::b'] }, { error: 'gone' }]);
  // Vectors were brought, and the engine used none.
  expect(degraded).toBe(1);
  await runQueries(retriever, [judged('the tide', { embeddingDim: 7 })], { ...plan, k: 30, hasVectors: false });
  expect(retriever.asked.at(-1)).toMatchObject({ embeddingDim: undefined, knobs: { limit: 60 } });
});
