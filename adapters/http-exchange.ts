import { request as requestHttp, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIPv6 } from 'node:net';
import { performance } from 'node:perf_hooks';
import { ConfigError } from '../domain/shared/errors.ts';
import type { CallErrorKind } from '../schemas/vocabulary.ts';
import { nowMs } from './clock.ts';
import type { CallFailure, CallLimits, CallOutcome } from './call-outcome.ts';
import { recordUrl } from './record-url.ts';
import { readRetryAfter } from './retry-after.ts';
import { judgeUrl, type UrlRefusal, type UrlRules } from './url-guard.ts';

/** What a message calls a server, and which settings hold its address and the hosts that may be called. */
export interface ServerWords {
  readonly server: string;
  readonly addressSetting: string;
  readonly hostsSetting: string;
}

/** One request, and who takes its reply. */
export interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly limits: CallLimits;
  readonly maxBodyBytes: number;
  readonly rules: UrlRules;
  readonly words: ServerWords;
  /** Gets the status and the headers of a good reply before its body. */
  readonly onHead?: ((status: number, headers: IncomingHttpHeaders) => void) | undefined;
  /** Gets every piece of a good reply as it comes, with the milliseconds since the call began. */
  readonly onText?: ((text: string, atMs: number) => void) | undefined;
}

/**
 * Sends one request over a connection of its own and reads the reply to its end: the body of a status 2xx as text, anything else as a failure. The
 * timer covers the whole of it, the connection goes to an address that the guard has seen, and no redirect is followed. Rejects with a ConfigError
 * when the guard refuses the host, and with the signal's reason when the caller breaks off.
 *
 * Node's own client instead of `fetch`: only here can a call be tied to a checked address, which keeps a name from being resolved once for the
 * check and once more for the connection.
 */
export async function exchange(order: Exchange): Promise<CallOutcome<string>> {
  const { limits } = order;
  limits.signal?.throwIfAborted();
  const clock = startClock();
  const { promise, resolve, reject } = settleOnce<CallOutcome<string>>();
  const state: { request?: ClientRequest; isOver: boolean; isSent: boolean } = { isOver: false, isSent: false };
  const fail = (kind: CallErrorKind, detail: string, extra: Partial<CallFailure> = {}): void =>
    resolve({
      ...{ state: 'failed', kind, detail, status: null, retryAfterMs: null, redirectUrl: null, isUnsent: !state.isSent },
      ...extra,
      timing: clock.timing(),
    });
  const timer = setTimeout(() => fail('timeout', `no complete reply within ${limits.timeoutMs} ms`), limits.timeoutMs);
  const breakOff = (): void => reject(limits.signal?.reason);
  limits.signal?.addEventListener('abort', breakOff, { once: true });
  // The guard may wait for a name server; whatever it says after the end is not listened to.
  const begin = async (): Promise<void> => {
    const verdict = await judgeUrl(order.url, order.rules);
    if (state.isOver) return;
    if (verdict.verdict === 'refused') return reject(refusal(order, verdict.reason));
    if (verdict.verdict === 'unresolved') return fail('connection', 'the name of the host has no address');
    state.request = send(order, verdict.addresses);
    // Nothing is written before there is a connection, over TLS not before its end has shown who it is.
    state.request.on('socket', (socket) =>
      socket.once(order.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (state.isSent = true)),
    );
    state.request.on('error', (error) => fail(...nameFault(error)));
    state.request.on('response', (response) => receive(response, order, clock, resolve, fail));
  };
  begin().catch(reject);
  try {
    return await promise;
  } finally {
    state.isOver = true;
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', breakOff);
    state.request?.destroy();
  }
}

type Fail = (kind: CallErrorKind, detail: string, extra?: Partial<CallFailure>) => void;
type Clock = ReturnType<typeof startClock>;

function startClock() {
  const startTsMs = nowMs();
  const start = performance.now();
  const elapsedMs = (): number => performance.now() - start;
  return { startTsMs, elapsedMs, timing: () => ({ startTsMs, totalMs: elapsedMs() }) };
}

/** A promise of which later decisions change nothing. */
function settleOnce<Value>() {
  let settle: { resolve: (value: Value) => void; reject: (reason: unknown) => void } | undefined;
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle! };
}

function send({ url, method, headers, body }: Exchange, addresses: readonly string[]): ClientRequest {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method,
    headers: {
      ...headers,
      'accept-encoding': 'identity',
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
    agent: false,
    lookup: pinTo(addresses),
  });
  request.end(body);
  return request;
}

/** Answers for any name with the addresses that were checked. */
function pinTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_host, options, callback) => {
    const [first] = found;
    if (options.all === true) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };
}

function receive(
  response: IncomingMessage,
  order: Exchange,
  clock: Clock,
  resolve: (outcome: CallOutcome<string>) => void,
  fail: Fail,
): void {
  const status = response.statusCode ?? 0;
  response.on('error', () => fail('connection', 'the connection was cut in the middle of the reply', { status }));
  if (status < 200 || status > 299) return fail(...nameStatus(status, response, order.url));
  if ((response.headers['content-encoding'] ?? 'identity') !== 'identity') return fail('protocol', 'the reply is compressed', { status });
  order.onHead?.(status, response.headers);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const texts: string[] = [];
  let sizeBytes = 0;
  const take = (bytes?: Uint8Array): void => {
    try {
      const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
      texts.push(text);
      if (text !== '') order.onText?.(text, clock.elapsedMs());
    } catch {
      fail('protocol', 'the reply is not UTF-8', { status });
    }
  };
  response.on('data', (bytes: Uint8Array) => {
    sizeBytes += bytes.length;
    if (sizeBytes > order.maxBodyBytes) fail('protocol', `the reply is larger than ${order.maxBodyBytes} bytes`, { status });
    else take(bytes);
  });
  response.on('end', () => {
    take();
    resolve({ state: 'answered', value: texts.join(''), status, timing: clock.timing() });
  });
}

function nameStatus(status: number, { headers }: IncomingMessage, url: URL): [CallErrorKind, string, Partial<CallFailure>] {
  if (status >= 300 && status < 400) {
    return ['protocol', `status ${status}: a redirect, which is not followed`, { status, redirectUrl: targetOf(headers.location, url) }];
  }
  const kind = status === 429 ? 'http_429' : status >= 500 ? 'http_5xx' : status >= 400 ? 'http_4xx' : 'protocol';
  return [kind, `status ${status}`, { status, retryAfterMs: readRetryAfter(headers['retry-after'], nowMs()) }];
}

function targetOf(location: string | undefined, url: URL): string | null {
  return location !== undefined && URL.canParse(location, url.href) ? recordUrl(new URL(location, url)) : null;
}

/** What the network says of a request; its parser of HTTP has codes of its own. */
function nameFault({ code = 'unknown' }: NodeJS.ErrnoException): [CallErrorKind, string] {
  return code.startsWith('HPE_') ? ['protocol', `the reply is not HTTP (${code})`] : ['connection', `the connection failed (${code})`];
}

function refusal({ url, words: { server, addressSetting, hostsSetting } }: Exchange, reason: UrlRefusal): ConfigError {
  const [fault, remedy] = {
    not_http: ['expected http or https, found another scheme', `Set ${addressSetting} to the address of ${server}.`],
    metadata_address: [`expected ${server}, found the metadata service of a cloud`, `Set ${addressSetting} to the address of ${server}.`],
    private_address: [
      'expected a host of the public internet, found one of this machine or of a private network',
      `Set ${addressSetting} to the address of ${server}.`,
    ],
    remote_host: ['expected this machine, found another host', `Add the host to ${hostsSetting}.`],
  }[reason] as [string, string];
  return new ConfigError(`calling ${server}, on ${recordUrl(url)}: ${fault}.`, remedy, { reason });
}
