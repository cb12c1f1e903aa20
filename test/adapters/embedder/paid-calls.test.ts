import { afterEach, describe, expect, test } from 'vitest';
import { payOutOf } from '../../../activities/pay-for-call.ts';
import { cacheVectors } from '../../../adapters/embedder/cached-embedder.ts';
import { openHttpExpander } from '../../../adapters/embedder/http-expander.ts';
import { openHttpReranker } from '../../../adapters/embedder/http-reranker.ts';
import { openOpenAiEmbedder } from '../../../adapters/embedder/openai-embedder.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import type { ModelServerScript } from '../../support/model-server/script.ts';
import { watchedBudget } from '../../support/spending.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const UNKNOWN = { inputTokens: null, outputTokens: null };
let server: ModelServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(script: Partial<ModelServerScript> = {}): Promise<string> {
  server = await startModelServer({ models: [], usage: { prompt_tokens: 9 }, ...script });
  return server.url;
}

function embedderAt(base_url: string, watched = watchedBudget(), allowedHosts: string[] = []) {
  const settings = { kind: 'openai', base_url, model: 'embed-small', dimensions: 64, batch_size: 2 } as const;
  const place = { env: {}, base: '', rules: { allowRemote: false, allowedHosts }, pay: payOutOf(watched.budget) };
  return { embedder: openOpenAiEmbedder('harbour', settings, place), ...watched };
}

describe('an embedder pays for each of its calls', () => {
  test('by the bytes of the texts before, by the tokens that the server counts afterwards', async () => {
    const { embedder, planned, settled } = embedderAt(await serve());
    await embedder.embed(['quay', 'Ähre', 'mill'], 'passage');
    expect(planned).toEqual([
      { lane: 'embedding', model: 'embed-small', mostInputTokens: 4 + 5 + 2 * 64, mostOutputTokens: 0 },
      { lane: 'embedding', model: 'embed-small', mostInputTokens: 4 + 64, mostOutputTokens: 0 },
    ]);
    expect(settled).toEqual([
      { inputTokens: 9, outputTokens: null },
      { inputTokens: 9, outputTokens: null },
    ]);
  });

  test('again for a call that is repeated; one that failed may have been done', async () => {
    const faults = [{ path: 'embeddings', from: 1, to: 1, does: { kind: 'status', status: 503 } }] as const;
    const { embedder, settled } = embedderAt(await serve({ faults }));
    await embedder.embed(['quay'], 'query');
    expect(settled).toEqual([UNKNOWN, { inputTokens: 9, outputTokens: null }]);
  });

  test.each(['reset', 'cut'] as const)('all of it where the reply is lost: %s', async (kind) => {
    const { embedder, settled } = embedderAt(await serve({ faults: [{ path: 'embeddings', from: 1, does: { kind } }] }));
    await expect(embedder.embed(['quay'], 'query')).rejects.toThrow('found');
    expect(settled.length).toBeGreaterThan(0);
    expect(new Set(settled)).toEqual(new Set([UNKNOWN]));
    expect(server!.seen).toHaveLength(settled.length);
  });

  test('all of it where the server does not say, and where what it says is no count', async () => {
    for (const usage of [null, { prompt_tokens: -5 }]) {
      const { embedder, settled } = embedderAt(await serve({ usage }));
      await embedder.embed(['quay'], 'query');
      expect(settled).toEqual([UNKNOWN]);
      await server!.close();
    }
  });

  test('nothing for a call that never left: nobody listens, or the host is not allowed', async () => {
    const url = await serve();
    await server!.close();
    for (const base_url of [url, 'http://192.0.2.7/v1', 'http://169.254.169.254/v1']) {
      const { embedder, planned, settled } = embedderAt(base_url);
      await expect(embedder.embed(['quay'], 'query')).rejects.toThrow('found');
      expect(settled).toEqual(planned.map(() => 'no-call'));
      expect(settled.length).toBeGreaterThan(0);
    }
  });

  test('nothing is sent when the caller has given up, or when a cap forbids it', async () => {
    const url = await serve();
    const given = embedderAt(url);
    await expect(given.embedder.embed(['quay'], 'query', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(given.settled).toEqual([]);
    const refused = embedderAt(
      url,
      watchedBudget(() => true),
    );
    await expect(refused.embedder.embed(['quay'], 'query')).rejects.toMatchObject({ name: 'OverBudgetError' });
    expect(server!.seen).toEqual([]);
  });

  test('what was paid for before a refusal is kept, call by call', async () => {
    const { embedder } = embedderAt(
      await serve(),
      watchedBudget((number) => number === 3),
    );
    const cached = cacheVectors(embedder, temporaryFolder());
    const texts = ['quay', 'mill', 'pier', 'mast', 'keel', 'hull'];
    await expect(cached.embed(texts, 'passage')).rejects.toMatchObject({ name: 'OverBudgetError' });
    expect(await cached.embed(texts, 'passage')).toHaveLength(6);
    expect(server!.seen.map(({ body }) => body['input'])).toEqual([
      ['quay', 'mill'],
      ['pier', 'mast'],
      ['keel', 'hull'],
    ]);
    await cached.close();
  });
});

test('a reranker pays for the query with every passage, and is told a total', async () => {
  const { budget, planned, settled } = watchedBudget();
  const url = await serve({ usage: { total_tokens: 21 } });
  const place = { env: {}, rules: { allowRemote: false, allowedHosts: [] }, pay: payOutOf(budget) };
  await openHttpReranker({ base_url: url, model: 'rank-small' }, place).rerank('tide', ['The tide rises.', 'Grain.']);
  expect(planned).toEqual([{ lane: 'reranking', model: 'rank-small', mostInputTokens: 4 + 15 + 4 + 6 + 4 * 64, mostOutputTokens: 0 }]);
  expect(settled).toEqual([{ inputTokens: 21, outputTokens: null }]);
});

test('an expander pays for what it is asked and for all that it may write', async () => {
  const { budget, planned, settled } = watchedBudget();
  const url = await serve({ usage: { prompt_tokens: 30, completion_tokens: 12 } });
  const place = { env: {}, rules: { allowRemote: false, allowedHosts: [] }, pay: payOutOf(budget) };
  await openHttpExpander({ base_url: url, model: 'scribe-small' }, place).ask([{ role: 'user', content: 'tide times' }]);
  expect(planned).toEqual([{ lane: 'expansion', model: 'scribe-small', mostInputTokens: 10 + 64, mostOutputTokens: 200 }]);
  expect(settled).toEqual([{ inputTokens: 30, outputTokens: 12 }]);
});
