import type { IncomingHttpHeaders } from 'node:http';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { readApiKey } from '../api-key.ts';
import { exchange, type Exchange } from '../http-exchange.ts';
import { engineFault, MAX_ANSWER_BYTES, type EnginePlace } from './engine.ts';

interface HttpServerSettings {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly api_key_env?: string | undefined;
  /** For one request, whatever it is for; the client has a timer of its own for each call. */
  readonly timeoutMs: number;
}

/** The streamable HTTP transport of the SDK, whose every request goes through our guard: to this machine or an allowed host, to the address that was checked. */
export function createHttpTransport(
  name: string,
  where: string,
  settings: HttpServerSettings,
  place: EnginePlace,
): StreamableHTTPClientTransport {
  const apiKey = readApiKey(place.env, settings.api_key_env);
  const words = {
    server: `the MCP server ${name}`,
    addressSetting: `search.retrievers.${name}.url`,
    hostsSetting: 'search.allowed_hosts',
  };
  const guarded: FetchLike = async (url, init = {}) => {
    // The stream of what a server says by itself: nothing in it is of use to a search.
    if (init.method === 'GET') return new Response(null, { status: 405 });
    const heads: { readonly status: number; readonly headers: Headers }[] = [];
    const outcome = await exchange({
      url: new URL(url),
      method: init.method as Exchange['method'],
      headers: Object.fromEntries(new Headers(init.headers)),
      body: init.body as string | undefined,
      limits: { timeoutMs: settings.timeoutMs, signal: init.signal ?? undefined },
      maxBodyBytes: MAX_ANSWER_BYTES,
      rules: { ...place.rules, allowRemote: false },
      words,
      onHead: (status, headers) => heads.push({ status, headers: readHeaders(headers) }),
    });
    if (outcome.state === 'answered') return new Response(outcome.value === '' ? null : outcome.value, heads[0]);
    if (outcome.status !== null && outcome.status >= 300) return new Response(null, { status: outcome.status });
    throw engineFault(where, 'an answer', outcome.detail, 'Look at the server, or raise timeout_ms.');
  };
  return new StreamableHTTPClientTransport(new URL(settings.url!), {
    fetch: guarded,
    requestInit: { headers: { ...settings.headers, ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) } },
    reconnectionOptions: { maxRetries: 0, initialReconnectionDelay: 1_000, maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 1 },
  });
}

/** Those that the protocol knows. */
function readHeaders(headers: IncomingHttpHeaders): Headers {
  const known = ['content-type', 'mcp-session-id'].map((name) => [name, headers[name]] as const);
  return new Headers(known.filter((header): header is readonly [string, string] => typeof header[1] === 'string') as [string, string][]);
}
