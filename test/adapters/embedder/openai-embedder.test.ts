import { afterEach, describe, expect, test } from 'vitest';
import { openOpenAiEmbedder } from '../../../adapters/embedder/openai-embedder.ts';
import { ConfigError, RetrieverError } from '../../../domain/shared/errors.ts';
import { embedText } from '../../support/model-server/embed-text.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import type { Fault } from '../../support/model-server/script.ts';
import { payNothing } from '../../support/spending.ts';

const TEXTS = [
  'The harbour closes at dusk.',
  'Apples ripen late this year.',
  'The quay is under repair.',
  'Pears keep until spring.',
  'Low tide.',
];

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

interface Setting {
  readonly faults?: readonly Fault[];
  readonly dimensions?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly apiKeyEnv?: string;
  readonly path?: string;
}

async function open({ faults = [], dimensions = 64, env = {}, apiKeyEnv, path = '' }: Setting = {}) {
  server = await startModelServer({ models: [{ id: 'embed-small' }], faults });
  const settings = {
    kind: 'openai' as const,
    base_url: server.url + path,
    model: 'embed-small',
    dimensions,
    batch_size: 2,
    api_key_env: apiKeyEnv,
  };
  return openOpenAiEmbedder('harbour', settings, { env, base: '', rules: { allowRemote: false, allowedHosts: [] }, pay: payNothing });
}

const always = (does: Fault['does'], to?: number): Fault[] => [{ path: 'embeddings', from: 1, does, ...(to === undefined ? {} : { to }) }];
const answering = (...embeddings: unknown[]): Fault[] =>
  always({ kind: 'body', body: JSON.stringify({ data: embeddings.map((embedding, index) => ({ index, embedding })) }) });

describe('vectors', () => {
  test('come in the order of the texts, at length 1, in batches', async () => {
    const embedder = await open();
    const vectors = await embedder.embed(TEXTS, 'passage');
    expect(server!.seen.map(({ body }) => body.input)).toEqual([TEXTS.slice(0, 2), TEXTS.slice(2, 4), TEXTS.slice(4)]);
    expect(server!.seen[0]!.body.model).toBe('embed-small');
    for (const [place, text] of TEXTS.entries()) {
      const raw = embedText(text);
      const length = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0));
      expect(vectors[place]).toBeInstanceOf(Float32Array);
      expect([...vectors[place]!]).toEqual(raw.map((value) => Math.fround(value / length)));
    }
  });

  test('are sorted by the index that the server gives', async () => {
    const body = JSON.stringify({
      data: [
        { index: 1, embedding: [0, 2] },
        { index: 0, embedding: [3, 0] },
      ],
    });
    const embedder = await open({ faults: always({ kind: 'body', body }), dimensions: 2 });
    expect((await embedder.embed(TEXTS.slice(0, 2), 'passage')).map((vector) => [...vector])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test('none are asked for where there are no texts', async () => {
    expect(await (await open()).embed([], 'passage')).toEqual([]);
    expect(server!.seen).toEqual([]);
  });

  test('id and dimensions are those of the config', async () => {
    expect(await open({ dimensions: 8 })).toMatchObject({ id: 'openai:embed-small:8', dimensions: 8 });
  });

  test('the key is sent as a bearer token', async () => {
    await (await open({ env: { HARBOUR_KEY: 'pilot-1' }, apiKeyEnv: 'HARBOUR_KEY' })).embed(['Low tide.'], 'query');
    expect(server!.seen[0]!.headers.authorization).toBe('Bearer pilot-1');
  });
});

describe('a call is repeated', () => {
  test.each([
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
    ['503', { kind: 'status', status: 503, headers: { 'retry-after': '0' } }],
    ['a connection that is closed', { kind: 'reset' }],
  ] as const)('after %s', async (_what, does) => {
    const embedder = await open({ faults: always(does, 1) });
    expect(await embedder.embed(['Low tide.'], 'query')).toHaveLength(1);
    expect(server!.seen).toHaveLength(2);
  });

  test('four times at most', async () => {
    const embedder = await open({ faults: always({ kind: 'status', status: 500, headers: { 'retry-after': '0' } }) });
    await expect(embedder.embed(['Low tide.'], 'query')).rejects.toThrow(/http_5xx: status 500/);
    expect(server!.seen).toHaveLength(5);
  });

  test('not when the server asks for more than half a minute', async () => {
    const embedder = await open({ faults: always({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } }) });
    await expect(embedder.embed(['Low tide.'], 'query')).rejects.toThrow(RetrieverError);
    expect(server!.seen).toHaveLength(1);
  });

  test.each([400, 401, 404])('not after %d', async (status) => {
    const embedder = await open({ faults: always({ kind: 'status', status }) });
    await expect(embedder.embed(['Low tide.'], 'query')).rejects.toThrow(`http_4xx: status ${status}`);
    expect(server!.seen).toHaveLength(1);
  });
});

describe('an answer that cannot be used', () => {
  test.each([
    ['too few vectors', answering([1, 0]), /expected 2 embeddings, found 1/],
    ['too many vectors', answering([1, 0], [1, 0], [1, 0]), /expected 2 embeddings, found 3/],
    ['other dimensions', answering([1, 0], [1, 0, 0]), /expected vectors of 2 dimensions, found one of 3/],
    ['a null among the numbers', answering([1, 0], [null, 1]), /expected finite numbers/],
    [
      'a number beyond all bounds',
      always({ kind: 'body', body: '{"data":[{"embedding":[1,0]},{"embedding":[1e999,0]}]}' }),
      /expected finite numbers/,
    ],
    ['a text among the numbers', answering([1, 0], ['1', 0]), /not a list of numbers/],
    ['zeros only', answering([1, 0], [0, 0]), /found a vector of zeros/],
    ['no JSON', always({ kind: 'body', body: '<html>' }), /no list of embeddings/],
    ['a torn reply', always({ kind: 'cut' }), /cut in the middle of the reply/],
  ] as const)('%s is refused', async (_what, faults, message) => {
    const embedder = await open({ faults, dimensions: 2 });
    const failure: unknown = await embedder.embed(TEXTS.slice(0, 2), 'passage').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RetrieverError);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain('harbour closes');
  });
});

describe('breaking off', () => {
  test('a server that hangs ends with the time of the caller', async () => {
    const embedder = await open({ faults: always({ kind: 'hang' }) });
    await expect(embedder.embed(['Low tide.'], 'query', AbortSignal.timeout(50))).rejects.toThrow(/expected an answer in time, found none/);
  });

  test('so does the wait before a call is repeated', async () => {
    const embedder = await open({ faults: always({ kind: 'status', status: 429, headers: { 'retry-after': '20' } }) });
    await expect(embedder.embed(['Low tide.'], 'query', AbortSignal.timeout(50))).rejects.toThrow(RetrieverError);
  });

  test('an interrupt is passed on as it is', async () => {
    const embedder = await open({ faults: always({ kind: 'hang' }) });
    const stop = new AbortController();
    const seen = server!.next();
    const embedding = embedder.embed(['Low tide.'], 'query', stop.signal);
    await seen;
    const reason = new Error('the user has had enough');
    stop.abort(reason);
    await expect(embedding).rejects.toBe(reason);
  });

  test('a server that goes away between two batches is a failure', async () => {
    const embedder = await open({ faults: [{ path: 'embeddings', from: 2, does: { kind: 'reset' } }] });
    const gone = server!;
    const embedding = embedder.embed(TEXTS, 'passage');
    await (
      await gone.next()
    ).ended;
    await gone.close();
    await expect(embedding).rejects.toThrow(/connection/);
  });
});

describe('refused before any call', () => {
  test('another host that is not allowed', async () => {
    const settings = { kind: 'openai' as const, base_url: 'http://192.0.2.7/v1', model: 'embed-small', dimensions: 2, batch_size: 2 };
    const embedder = openOpenAiEmbedder('far', settings, {
      env: {},
      base: '',
      rules: { allowRemote: false, allowedHosts: [] },
      pay: payNothing,
    });
    const failure: unknown = await embedder.embed(['Low tide.'], 'query').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as ConfigError).remedy).toContain('search.allowed_hosts');
  });

  test('a key that is not there', async () => {
    await expect(open({ apiKeyEnv: 'HARBOUR_KEY' })).rejects.toThrow(ConfigError);
  });
});
