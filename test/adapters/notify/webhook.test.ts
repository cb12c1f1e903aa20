import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { postNotice } from '../../../adapters/notify/webhook.ts';
import { HARBOUR_NOTICE } from '../../support/probe-events.ts';

const SECRET = 'salt-and-tar';
const env = { NOTICE_SECRET: SECRET };

interface Heard {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver that answers each call by the next answer, and the last one from then on. */
async function receiver(...answers: ((response: ServerResponse) => void)[]) {
  const heard: Heard[] = [];
  const listen: RequestListener = (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      heard.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(pieces).toString() });
      (answers[heard.length - 1] ?? answers.at(-1))?.(response);
    });
  };
  const server = createServer(listen).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heard, port: (server.address() as AddressInfo).port };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(code, headers).end('thank you');

function post(
  url: string,
  told: {
    readonly allow?: boolean;
    readonly timeout_s?: number;
    readonly env?: NodeJS.ProcessEnv;
    readonly resolve?: () => Promise<string[]>;
    readonly signal?: AbortSignal;
  } = {},
) {
  const waits: number[] = [];
  const delivery = postNotice(
    { kind: 'webhook', url, secret_env: 'NOTICE_SECRET', allow_private: told.allow ?? true, timeout_s: told.timeout_s ?? 10 },
    told.env ?? env,
    HARBOUR_NOTICE,
    told.signal ?? new AbortController().signal,
    { wait: async (ms) => void waits.push(ms), ...(told.resolve === undefined ? {} : { resolve: told.resolve }) },
  );
  return { delivery, waits };
}

test('a notice comes as JSON, signed by the secret over time and body', async () => {
  const { heard, port } = await receiver(status(204));
  const before = Math.floor(Date.now() / 1000);
  expect(await post(`http://127.0.0.1:${port}/hooks/quay`).delivery).toEqual({ delivered: true });
  const [call] = heard;
  expect(heard).toHaveLength(1);
  expect([call?.method, call?.path, call?.headers['content-type']]).toEqual(['POST', '/hooks/quay', 'application/json']);
  expect(JSON.parse(call!.body)).toEqual(HARBOUR_NOTICE);
  const [, seconds = '', hex = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['x-lauter-signature'])) ?? [];
  expect(hex).toBe(createHmac('sha256', SECRET).update(`${seconds}.${call!.body}`).digest('hex'));
  expect(Number(seconds)).toBeGreaterThanOrEqual(before);
  expect(Number(seconds)).toBeLessThanOrEqual(Date.now() / 1000);
});

describe('tries again', () => {
  test('after errors of the server, each time a little later', async () => {
    const { heard, port } = await receiver(status(503), status(500), status(200));
    const { delivery, waits } = post(`http://127.0.0.1:${port}/`);
    expect(await delivery).toEqual({ delivered: true });
    expect([heard.length, waits]).toEqual([3, [500, 1000]]);
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
  });
  test('when the server asks to, and not longer than half a minute', async () => {
    const { port } = await receiver(status(429, { 'retry-after': '7' }), status(429, { 'retry-after': '86400' }), status(200));
    const { delivery, waits } = post(`http://127.0.0.1:${port}/`);
    expect([await delivery, waits]).toEqual([{ delivered: true }, [7000, 30_000]]);
  });
  test('but four times at most', async () => {
    const { heard, port } = await receiver(status(503));
    const { delivery, waits } = post(`http://127.0.0.1:${port}/`);
    expect(await delivery).toEqual({ delivered: false, problem: `127.0.0.1:${port}: http_5xx: status 503` });
    expect([heard.length, waits]).toEqual([4, [500, 1000, 2000]]);
  });
  test('when nobody answers in time', async () => {
    const { heard, port } = await receiver(() => undefined, status(200));
    expect(await post(`http://127.0.0.1:${port}/`, { timeout_s: 0.2 }).delivery).toEqual({ delivered: true });
    expect(heard).toHaveLength(2);
  });
  test('not when the request itself is refused', async () => {
    const { heard, port } = await receiver(status(410));
    expect(await post(`http://127.0.0.1:${port}/`).delivery).toMatchObject({
      delivered: false,
      problem: expect.stringContaining('http_4xx') as string,
    });
    expect(heard).toHaveLength(1);
  });
});

test('a redirect is not followed', async () => {
  const other = await receiver(status(200));
  const { heard, port } = await receiver(status(307, { location: `http://127.0.0.1:${other.port}/` }));
  expect(await post(`http://127.0.0.1:${port}/`).delivery).toMatchObject({
    delivered: false,
    problem: expect.stringContaining('redirect') as string,
  });
  expect([heard.length, other.heard.length]).toEqual([1, 0]);
});

test('a reply of any size and form says that the notice was taken', async () => {
  const { heard, port } = await receiver((response) => void response.writeHead(200).end(Buffer.alloc(1_000_000, 0xff)));
  expect(await post(`http://127.0.0.1:${port}/`).delivery).toEqual({ delivered: true });
  expect(heard).toHaveLength(1);
});

describe('an address of a private network', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])('%s is not called', async (host) => {
    const { heard, port } = await receiver(status(200));
    const { delivery, waits } = post(`http://${host}:${port}/hooks/secret-path`, { allow: false });
    const result = await delivery;
    expect(result).toMatchObject({ delivered: false, problem: expect.stringContaining('allow_private') as string });
    expect(JSON.stringify(result)).not.toContain('secret-path');
    expect([heard, waits]).toEqual([[], []]);
  });
  test.each([
    ['a private one', ['10.0.0.7']],
    ['a private one among public ones', ['1.1.1.1', '192.168.0.9']],
    ['this machine', ['127.0.0.1']],
  ])('behind a public name that leads to %s is not called', async (_, addresses) => {
    const { heard, port } = await receiver(status(200));
    const { delivery } = post(`http://harbour.example:${port}/`, { allow: false, resolve: async () => addresses });
    expect(await delivery).toMatchObject({ delivered: false, problem: expect.stringContaining('allow_private') as string });
    expect(heard).toEqual([]);
  });
  test('is called where it is allowed, at the address that was looked at', async () => {
    const { heard, port } = await receiver(status(200));
    const { delivery } = post(`http://harbour.example:${port}/`, { allow: true, resolve: async () => ['127.0.0.1'] });
    expect(await delivery).toEqual({ delivered: true });
    expect(heard[0]?.headers.host).toBe(`harbour.example:${port}`);
  });
  test('that belongs to a metadata service is never called', async () => {
    const { delivery } = post('http://169.254.169.254/', { allow: true });
    expect(await delivery).toMatchObject({ delivered: false, problem: expect.stringContaining('metadata') as string });
  });
});

test('a name without an address is tried again, then told', async () => {
  const { delivery, waits } = post('http://harbour.example/', { allow: false, resolve: async () => [] });
  expect(await delivery).toEqual({ delivered: false, problem: 'harbour.example: connection: the name of the host has no address' });
  expect(waits).toHaveLength(3);
});

test('without a secret nothing is sent', async () => {
  const { heard, port } = await receiver(status(200));
  const { delivery } = post(`http://127.0.0.1:${port}/`, { env: {} });
  expect(await delivery).toMatchObject({ delivered: false, problem: expect.stringContaining('NOTICE_SECRET') as string });
  expect(heard).toEqual([]);
});

test('the caller can break off', async () => {
  const { port } = await receiver(() => undefined);
  const stop = new AbortController();
  const { delivery } = post(`http://127.0.0.1:${port}/`, { signal: stop.signal });
  stop.abort(new Error('the worker goes home'));
  await expect(delivery).rejects.toThrow('the worker goes home');
});
