import { afterEach, expect, test } from 'vitest';
import { openHttpExpander } from '../../../adapters/embedder/http-expander.ts';
import { RetrieverError } from '../../../domain/shared/errors.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import { payNothing } from '../../support/spending.ts';
import type { Fault } from '../../support/model-server/script.ts';

const MESSAGES = [{ role: 'user', content: 'where do boats sleep' }] as const;

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(does: Fault['does']) {
  server = await startModelServer({ models: [{ id: 'scribe-small' }], faults: [{ path: 'chat', from: 1, does }] });
  const rules = { allowRemote: false, allowedHosts: [] };
  return openHttpExpander(
    { base_url: server.url, model: 'scribe-small', api_key_env: 'SCRIBE_KEY' },
    { env: { SCRIBE_KEY: 'quay' }, rules, pay: payNothing },
  );
}

test('gives what the model wrote, asked once and without chance', async () => {
  const expander = await open({ kind: 'say', text: '["vessels laid up"]' });
  expect(await expander.ask(MESSAGES)).toBe('["vessels laid up"]');
  expect(expander.id).toBe('http:scribe-small');
  expect(server!.seen.map(({ body }) => body)).toEqual([{ model: 'scribe-small', messages: MESSAGES, temperature: 0, max_tokens: 200 }]);
});

test.each([
  ['no choices', '{"choices": []}'],
  ['another document', '{"error": "busy"}'],
])('a reply with %s is an empty text', async (_what, body) => {
  expect(await (await open({ kind: 'body', body })).ask(MESSAGES)).toBe('');
});

test.each([
  ['a status 500', { kind: 'status', status: 500 }],
  ['a status 429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
  ['a closed connection', { kind: 'reset' }],
] as const)('%s fails at once, with a RetrieverError that holds no text of the query', async (_what, does) => {
  const failure: unknown = await (await open(does)).ask(MESSAGES).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RetrieverError);
  expect(String(failure)).not.toContain('boats');
  expect(server!.seen).toHaveLength(1);
});

test('a caller who breaks off ends the call', async () => {
  const expander = await open({ kind: 'hang' });
  const giving = new AbortController();
  const asked = expander.ask(MESSAGES, giving.signal);
  giving.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});
