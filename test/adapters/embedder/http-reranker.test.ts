import { afterEach, describe, expect, test } from 'vitest';
import { openHttpReranker } from '../../../adapters/embedder/http-reranker.ts';
import { RetrieverError } from '../../../domain/shared/errors.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import type { Fault } from '../../support/model-server/script.ts';
import { payNothing } from '../../support/spending.ts';

const QUERY = 'when does the harbour close';
const PASSAGES = ['Apples ripen late.', 'The harbour will close at dusk.', 'When the tide is low, boats wait.'];

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(does?: Fault['does'], timeoutMs?: number) {
  server = await startModelServer({ models: [], ...(does === undefined ? {} : { faults: [{ path: 'rerank' as const, from: 1, does }] }) });
  return openHttpReranker(
    { base_url: server.url, model: 'rank-small', timeout_ms: timeoutMs },
    { env: {}, rules: { allowRemote: false, allowedHosts: [] }, pay: payNothing },
  );
}

const answering = (...results: unknown[]): Fault['does'] => ({ kind: 'body', body: JSON.stringify({ results }) });
const scored = (index: number, relevance_score: unknown) => ({ index, relevance_score });

test('scores stand in the order of the passages, whatever order they come in', async () => {
  const reranker = await open();
  // Of five words of the query: none, three (the, harbour, close), two (when, the).
  expect(await reranker.rerank(QUERY, PASSAGES)).toEqual([0, 0.6, 0.4]);
  expect(server!.seen[0]!.body).toEqual({ model: 'rank-small', query: QUERY, documents: PASSAGES });
  expect(reranker.id).toBe('http:rank-small');
});

test('negative scores are scores', async () => {
  const reranker = await open(answering(scored(1, -2.5), scored(0, 3)));
  expect(await reranker.rerank(QUERY, PASSAGES.slice(0, 2))).toEqual([3, -2.5]);
});

test('no passages, no call', async () => {
  expect(await (await open()).rerank(QUERY, [])).toEqual([]);
  expect(server!.seen).toEqual([]);
});

describe('fails at once, with a RetrieverError', () => {
  test.each([
    ['a status 500', { kind: 'status', status: 500 }, /http_5xx/],
    ['a status 429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }, /http_429/],
    ['a closed connection', { kind: 'reset' }, /connection/],
    ['no JSON', { kind: 'body', body: 'scores: many' }, /without a list of results/],
    ['too few results', answering(scored(0, 1)), /1 results for 3 passages/],
    ['a passage twice', answering(scored(0, 1), scored(1, 1), scored(1, 0)), /a result twice/],
    ['a passage that was not sent', answering(scored(0, 1), scored(1, 1), scored(3, 0)), /not sent/],
    ['a negative index', answering(scored(0, 1), scored(1, 1), scored(-1, 0)), /not sent/],
    ['an index in between', answering(scored(0, 1), scored(1, 1), scored(1.5, 0)), /not sent/],
    ['a score that is a text', answering(scored(0, 1), scored(1, 1), scored(2, '0.5')), /without a finite score/],
    ['a score of null', answering(scored(0, 1), scored(1, 1), scored(2, null)), /without a finite score/],
  ] as const)('%s', async (_what, does, message) => {
    const failure: unknown = await (await open(does)).rerank(QUERY, PASSAGES).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RetrieverError);
    expect((failure as Error).message).toMatch(message);
    expect(server!.seen).toHaveLength(1);
  });

  test('a server that hangs, after its own time', async () => {
    await expect((await open({ kind: 'hang' }, 40)).rerank(QUERY, PASSAGES)).rejects.toThrow(/timeout: no complete reply within 40 ms/);
  });

  test('a server that hangs in its reply, after the time of the caller', async () => {
    const reranker = await open({ kind: 'hang_in_body' });
    await expect(reranker.rerank(QUERY, PASSAGES, AbortSignal.timeout(40))).rejects.toThrow(RetrieverError);
  });
});
