import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { CallFailure, CallOutcome } from '../../../adapters/call-outcome.ts';
import type { ChatRequest } from '../../../adapters/model/chat.ts';
import { createModelClient, type ModelClient, type ModelServer as ServerAddress } from '../../../adapters/model/model-client.ts';
import { enrichmentMessages } from '../../../domain/bench/prompt/enrichment.ts';
import { inspectOutput } from '../../../domain/bench/gates/inspect-output.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import type { Fault, ModelServerScript } from '../../support/model-server/script.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MODEL = 'tide-writer';
const EVENT = { source: 'shell', redacted_content: '{"command":"make tides","cwd":"/srv/harbour","exit_code":0}' };
const CHAT: ChatRequest = { model: MODEL, messages: enrichmentMessages(EVENT), temperature: 0.7 };
const LIMITS = { timeoutMs: 20_000 };
const LOCAL = { allowRemote: false, allowedHosts: [] };

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A client of a server that behaves like this. */
async function connect(script: Partial<ModelServerScript> = {}, address: Partial<ServerAddress> = {}): Promise<ModelClient> {
  server = await startModelServer({ models: [{ id: MODEL, digest: 'sha256:abc' }], ...script });
  return createModelClient({ baseUrl: server.url, rules: LOCAL, ...address });
}

const always = (does: Fault['does'], path: Fault['path'] = 'chat'): Partial<ModelServerScript> => ({ faults: [{ path, from: 1, does }] });

function valueOf<Value>(outcome: CallOutcome<Value>): Value {
  if (outcome.state === 'failed') throw new Error(`the call failed: ${outcome.kind}, ${outcome.detail}`);
  return outcome.value;
}

function failureOf(outcome: CallOutcome<unknown>): CallFailure {
  if (outcome.state !== 'failed') throw new Error('the call was expected to fail');
  return outcome;
}

describe('an answer', () => {
  test('as a whole: text, reason of its end, usage, no time to first token', async () => {
    const client = await connect();
    const outcome = await client.chat(CHAT, LIMITS);
    const answer = valueOf(outcome);
    expect(inspectOutput(answer.text, EVENT).gates).toMatchObject({ schema_valid: true, refusal_detected: false });
    expect(answer).toMatchObject({ finishReason: 'stop', ttftMs: null });
    expect(answer.usage?.completion_tokens).toBeGreaterThan(0);
    expect(outcome.timing.totalMs).toBeGreaterThan(0);
    expect(outcome.timing.startTsMs).toBeGreaterThan(1_700_000_000_000);
  });

  test('streamed: the same text, with usage and the time to the first token', async () => {
    const client = await connect();
    const whole = valueOf(await client.chat(CHAT, LIMITS));
    const outcome = await client.chat({ ...CHAT, isStreamed: true }, LIMITS);
    const answer = valueOf(outcome);
    expect(answer).toMatchObject({ text: whole.text, finishReason: 'stop', usage: whole.usage });
    expect(answer.ttftMs).toBeGreaterThan(0);
    expect(answer.ttftMs).toBeLessThanOrEqual(outcome.timing.totalMs);
  });

  test('as a whole although a stream was asked for', async () => {
    const body = '{"choices":[{"message":{"content":"High tide."},"finish_reason":"stop"}]}';
    const client = await connect(always({ kind: 'body', body }));
    expect(valueOf(await client.chat({ ...CHAT, isStreamed: true }, LIMITS))).toMatchObject({
      text: 'High tide.',
      ttftMs: null,
      usage: null,
    });
  });

  test('an empty one is an answer, and a refusal beside the content is its text', async () => {
    const empty = await connect(always({ kind: 'body', body: '{"choices":[{"message":{"content":null},"finish_reason":"length"}]}' }));
    expect(valueOf(await empty.chat(CHAT, LIMITS))).toMatchObject({ text: '', finishReason: 'length' });
    await server?.close();
    const refusing = await connect(always({ kind: 'body', body: '{"choices":[{"message":{"content":null,"refusal":"I can\'t."}}]}' }));
    expect(valueOf(await refusing.chat(CHAT, LIMITS))).toMatchObject({ text: "I can't.", finishReason: null });
  });

  test('settings that are left to the server are not sent', async () => {
    const client = await connect();
    await client.chat({ ...CHAT, top_p: null, max_tokens: 300 }, { ...LIMITS, requestId: 'key-1' });
    const [call] = server?.seen ?? [];
    expect(Object.keys(call?.body ?? {}).toSorted()).toEqual(['max_tokens', 'messages', 'model', 'temperature']);
    expect(call?.headers).toMatchObject({ 'x-request-id': 'key-1', 'accept-encoding': 'identity' });
    expect(call?.headers.authorization).toBeUndefined();
  });

  test('key and query go along with every call', async () => {
    server = await startModelServer({ models: [] });
    const client = createModelClient({ baseUrl: `${server.url}/?version=7`, apiKey: 'berth-key', rules: LOCAL });
    await client.chat(CHAT, LIMITS);
    expect(server.seen[0]).toMatchObject({ url: '/v1/chat/completions?version=7', headers: { authorization: 'Bearer berth-key' } });
  });
});

describe('a call that fails', () => {
  test.each([
    ['nothing comes', { kind: 'hang' }],
    ['the body stops', { kind: 'hang_in_body' }],
  ] as const)('timeout: %s', async (_, does) => {
    const client = await connect(always(does));
    for (const isStreamed of [false, true]) {
      const failure = failureOf(await client.chat({ ...CHAT, isStreamed }, { timeoutMs: 150 }));
      expect(failure).toMatchObject({ kind: 'timeout', status: null });
    }
    // The request was aborted, not only given up.
    for (const { ended } of server?.seen ?? []) await ended;
  });

  test('timeout: the name server does not answer', async () => {
    const rules = { ...LOCAL, resolve: () => new Promise<never>(() => undefined) };
    const client = createModelClient({ baseUrl: 'http://models.harbour.example/v1', rules });
    expect(failureOf(await client.chat(CHAT, { timeoutMs: 50 })).kind).toBe('timeout');
  });

  test('connection: nobody listens, the name has no address, the server hangs up', async () => {
    const client = await connect(always({ kind: 'reset' }));
    expect(failureOf(await client.chat(CHAT, LIMITS)).kind).toBe('connection');
    await server?.close();
    expect(failureOf(await client.chat(CHAT, LIMITS))).toMatchObject({
      kind: 'connection',
      detail: 'the connection failed (ECONNREFUSED)',
    });
    const lost = createModelClient({ baseUrl: 'http://gone.harbour.example/v1', rules: { ...LOCAL, resolve: () => Promise.resolve([]) } });
    expect(failureOf(await lost.listModels(LIMITS)).kind).toBe('connection');
  });

  test.each([
    [400, 'http_4xx'],
    [401, 'http_4xx'],
    [404, 'http_4xx'],
    [429, 'http_429'],
    [500, 'http_5xx'],
    [503, 'http_5xx'],
  ])('status %i is %s', async (status, kind) => {
    const client = await connect(always({ kind: 'status', status }));
    expect(failureOf(await client.chat(CHAT, LIMITS))).toMatchObject({ kind, status, retryAfterMs: null });
  });

  test('429 says how long to wait', async () => {
    const client = await connect(always({ kind: 'status', status: 429, headers: { 'retry-after': '7' } }));
    expect(failureOf(await client.chat(CHAT, LIMITS))).toMatchObject({ kind: 'http_429', retryAfterMs: 7000 });
  });

  test.each([
    ['malformed JSON', '{"choices":[{"message":'],
    ['a page of HTML', '<html>loading</html>'],
    ['no choices', '{"object":"chat.completion"}'],
    ['empty choices', '{"choices":[]}'],
    ['a choice without a message', '{"choices":[{"finish_reason":"stop"}]}'],
    ['a list', '[]'],
    ['nothing', ''],
  ])('protocol: %s', async (_, body) => {
    const client = await connect(always({ kind: 'body', body }));
    expect(failureOf(await client.chat(CHAT, LIMITS))).toMatchObject({ kind: 'protocol', status: 200 });
  });

  const piece = (text: string): string => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`;
  test.each([
    ['a stream that ends early', piece('High')],
    ['a broken piece', `${piece('High')}data: {"choices":[{\n\n`],
    ['an error within', `${piece('High')}data: {"error":{"message":"out of memory"}}\n\ndata: [DONE]\n\n`],
    ['an empty stream', ''],
  ])('protocol: %s', async (_, body) => {
    const client = await connect(always({ kind: 'body', body, contentType: 'text/event-stream' }));
    expect(failureOf(await client.chat({ ...CHAT, isStreamed: true }, LIMITS)).kind).toBe('protocol');
  });

  test('connection: it is cut in the middle of the reply', async () => {
    const client = await connect(always({ kind: 'cut' }));
    for (const isStreamed of [false, true]) expect(failureOf(await client.chat({ ...CHAT, isStreamed }, LIMITS)).kind).toBe('connection');
  });

  test('protocol: a reply beyond all measure', async () => {
    const client = await connect(always({ kind: 'body', body: 'x'.repeat(5 * 1024 ** 2) }));
    expect(failureOf(await client.chat(CHAT, LIMITS))).toMatchObject({
      kind: 'protocol',
      detail: 'the reply is larger than 4194304 bytes',
    });
  });

  test('a redirect is not followed, not even on the same machine, and is told without its query', async () => {
    const location = 'http://user:word@169.254.169.254/latest?token=1';
    const client = await connect(always({ kind: 'status', status: 307, headers: { location } }));
    const failure = failureOf(await client.chat(CHAT, LIMITS));
    expect(failure).toMatchObject({ kind: 'protocol', status: 307, redirectUrl: 'http://169.254.169.254/latest' });
    expect(server?.seen).toHaveLength(1);
  });

  test('what is told of it holds neither prompt, reply nor key', async () => {
    const said: string[] = [];
    for (const does of [
      { kind: 'body', body: '{"choices": "pump-secret' },
      { kind: 'status', status: 400, headers: {} },
      { kind: 'cut' },
    ] as const) {
      const client = await connect(always(does), { apiKey: 'berth-key' });
      said.push(JSON.stringify(failureOf(await client.chat(CHAT, LIMITS))));
      await server?.close();
    }
    for (const word of ['make tides', 'pump-secret', 'berth-key', 'as scripted']) expect(said.join()).not.toContain(word);
  });

  test('the next call is a call of its own', async () => {
    const client = await connect({ faults: [{ path: 'chat', from: 1, to: 1, does: { kind: 'status', status: 503 } }] });
    expect(failureOf(await client.chat(CHAT, LIMITS)).kind).toBe('http_5xx');
    expect(valueOf(await client.chat(CHAT, LIMITS)).text).not.toBe('');
    expect(server?.seen).toHaveLength(2);
  });
});

describe('breaking off', () => {
  test('the promise rejects with the reason, and the server sees the connection end', async () => {
    const client = await connect(always({ kind: 'hang' }));
    const stop = new AbortController();
    const call = client.chat(CHAT, { ...LIMITS, signal: stop.signal });
    const { ended } = await server!.next();
    stop.abort(new Error('the run was cancelled'));
    await expect(call).rejects.toThrow('the run was cancelled');
    await ended;
  });

  test('what is broken off before it began is never sent', async () => {
    const client = await connect();
    await expect(client.chat(CHAT, { ...LIMITS, signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
    expect(server?.seen).toHaveLength(0);
  });
});

describe('the guard', () => {
  test('refuses before anything is sent', async () => {
    const client = createModelClient({ baseUrl: 'http://169.254.169.254/v1', rules: { allowRemote: true, allowedHosts: [] } });
    await expect(client.listModels(LIMITS)).rejects.toThrow(
      'calling the model server, on http://169.254.169.254/v1/models: expected the model server',
    );
  });

  test('connects to the address that was checked, and asks for the name once a call', async () => {
    const asked: string[] = [];
    // The second answer is what a name server says that wants to lead us elsewhere.
    const resolve = (host: string): Promise<string[]> => {
      asked.push(host);
      return Promise.resolve([asked.length === 1 ? '127.0.0.1' : '169.254.169.254']);
    };
    server = await startModelServer({ models: [{ id: MODEL }] });
    const baseUrl = server.url.replace('127.0.0.1', 'models.harbour.example');
    const client = createModelClient({ baseUrl, rules: { allowRemote: true, allowedHosts: [], resolve } });
    expect(valueOf(await client.listModels(LIMITS))).toHaveLength(1);
    expect(asked).toEqual(['models.harbour.example']);
    expect(server.seen[0]?.headers.host).toMatch(/^models[.]harbour[.]example:/);
    await expect(client.listModels(LIMITS)).rejects.toThrow('metadata service');
    expect(server.seen).toHaveLength(1);
  });

  test('an address that is none is a matter of the config', () => {
    for (const baseUrl of ['localhost:8000', '', 'ftp://127.0.0.1/']) {
      expect(() => createModelClient({ baseUrl, rules: LOCAL })).toThrow('expected an http or https address');
    }
  });
});

describe('embeddings', () => {
  test('one vector a text, in their order; the same words are the same vector', async () => {
    const client = await connect();
    const [first = [], second = [], third = []] = valueOf(
      await client.embed('harbour-embed', ['high tide', 'low tide', 'tide high'], LIMITS),
    );
    expect(first).toEqual(third);
    expect(first).not.toEqual(second);
  });

  test('are put in order by their index', async () => {
    const body = '{"data":[{"index":1,"embedding":[2]},{"index":0,"embedding":[1]}]}';
    const client = await connect(always({ kind: 'body', body }, 'embeddings'));
    expect(valueOf(await client.embed('harbour-embed', ['a', 'b'], LIMITS))).toEqual([[1], [2]]);
  });

  test('lengths and values are given as they came', async () => {
    const body = '{"data":[{"index":0,"embedding":[1,null]},{"index":1,"embedding":[1]}]}';
    const client = await connect(always({ kind: 'body', body }, 'embeddings'));
    expect(valueOf(await client.embed('harbour-embed', ['a', 'b'], LIMITS))).toEqual([[1, Number.NaN], [1]]);
  });

  test.each([
    ['too few', '{"data":[{"index":0,"embedding":[1]}]}'],
    ['one twice', '{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}'],
    ['an index beyond', '{"data":[{"index":0,"embedding":[1]},{"index":7,"embedding":[1]}]}'],
    ['text', '{"data":[{"index":0,"embedding":"AAAA"},{"index":1,"embedding":[1]}]}'],
    ['no list', '{}'],
  ])('protocol: %s', async (_, body) => {
    const client = await connect(always({ kind: 'body', body }, 'embeddings'));
    expect(failureOf(await client.embed('harbour-embed', ['a', 'b'], LIMITS)).kind).toBe('protocol');
  });
});

describe('models and cards', () => {
  test('the list', async () => {
    const client = await connect({ models: [{ id: MODEL }, { id: 'org/judge' }] });
    expect(valueOf(await client.listModels(LIMITS)).map(({ id }) => id)).toEqual([MODEL, 'org/judge']);
  });

  test.each(['{"data":[{"name":"x"}]}', '{}', 'loading'])('protocol: a list that is %s', async (body) => {
    const client = await connect(always({ kind: 'body', body }, 'models'));
    expect(failureOf(await client.listModels(LIMITS)).kind).toBe('protocol');
  });

  test('a card with all that is asked for, of an id with a slash', async () => {
    const client = await connect({ models: [{ id: 'org/tide writer', digest: 'sha256:abc', quantization: '4bit', context_length: 8192 }] });
    expect(valueOf(await client.readCard('org/tide writer', LIMITS))).toMatchObject({
      id: 'org/tide writer',
      digest: 'sha256:abc',
      quantization: '4bit',
      context_length: 8192,
    });
  });

  test('a card from the list, where there are no pages, is the same card', async () => {
    const models = [{ id: 'other' }, { id: MODEL, max_model_len: 4096 }];
    const fromPage = valueOf(await (await connect({ models })).readCard(MODEL, LIMITS));
    await server?.close();
    const fromList = valueOf(await (await connect({ models, hasCardPages: false })).readCard(MODEL, LIMITS));
    expect(fromList).toEqual(fromPage);
    expect(fromList).toMatchObject({ digest: null, context_length: 4096, quantization: null });
    expect(fromList.raw_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('what a server fills anew for every request is no change, everything else is', async () => {
    const read = async (fields: object): Promise<string> => {
      const client = await connect({ models: [{ id: MODEL, ...fields }] });
      const card = valueOf(await client.readCard(MODEL, LIMITS));
      await server?.close();
      return card.raw_sha256;
    };
    const first = await read({ created: 1, permission: [{ id: 'a' }], root: 'tides' });
    expect(await read({ root: 'tides', permission: [{ id: 'b' }], created: 2 })).toBe(first);
    expect(await read({ created: 1, permission: [{ id: 'a' }], root: 'ebb' })).not.toBe(first);
  });

  test('a model that is not served has no card', async () => {
    const client = await connect();
    expect(failureOf(await client.readCard('another', LIMITS))).toMatchObject({
      kind: 'protocol',
      detail: 'the server shows no card of this model',
    });
  });

  test('a redirect is not taken for a missing page', async () => {
    const location = 'http://169.254.169.254/';
    const client = await connect({
      faults: [{ path: 'models', from: 1, to: 1, does: { kind: 'status', status: 302, headers: { location } } }],
    });
    expect(failureOf(await client.readCard(MODEL, LIMITS)).redirectUrl).toBe('http://169.254.169.254');
  });
});

describe('the reference server', () => {
  test('answers the same to the same, but for a seeded share of calls', async () => {
    const client = await connect({ variation: { seed: 7, share: 0.3 } });
    const texts: string[] = [];
    for (let call = 0; call < 60; call += 1) texts.push(valueOf(await client.chat(CHAT, LIMITS)).text);
    expect(new Set(texts).size).toBe(2);
    const usual = Math.max(...texts.map((text) => texts.filter((other) => other === text).length));
    // 42 of 60 expected, and the seed is fixed.
    expect(usual).toBeGreaterThan(32);
    expect(usual).toBeLessThan(52);
  });

  test('changes its card after so many chat calls', async () => {
    const client = await connect({ cardChange: { afterChatCalls: 1, fields: { digest: 'sha256:def' } } });
    const digest = async (): Promise<string | null> => valueOf(await client.readCard(MODEL, LIMITS)).digest;
    await client.chat(CHAT, LIMITS);
    expect(await digest()).toBe('sha256:abc');
    await client.chat(CHAT, LIMITS);
    expect(await digest()).toBe('sha256:def');
  });

  test('says what it is told to', async () => {
    const client = await connect(always({ kind: 'say', text: 'I’m sorry, but I can’t help with that.' }));
    const { text } = valueOf(await client.chat(CHAT, LIMITS));
    expect(inspectOutput(text, EVENT).gates.refusal_detected).toBe(true);
  });

  test('logs every call that it answered to the end, with the id of the request', async () => {
    const requestLog = join(temporaryFolder(), 'requests.jsonl');
    const client = await connect({ requestLog, faults: [{ path: 'chat', from: 2, to: 2, does: { kind: 'cut' } }] });
    for (const requestId of ['key-1', 'key-2', 'key-3']) await client.chat(CHAT, { ...LIMITS, requestId });
    await server?.close();
    const lines = readFileSync(requestLog, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { request_id: string }).request_id)).toEqual(['key-1', 'key-3']);
  });
});
