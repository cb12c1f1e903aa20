import { setTimeout as sleep } from 'node:timers/promises';
import type { MadeCall, PayForCall, PlannedCall } from '../../activities/budget-ports.ts';
import { ConfigError, RetrieverError } from '../../domain/shared/errors.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import { readApiKey } from '../api-key.ts';
import type { CallFailure, CallOutcome } from '../call-outcome.ts';
import { exchange } from '../http-exchange.ts';
import { parseJson } from '../parse-json.ts';
import { recordUrl } from '../record-url.ts';
import { readUsage } from '../token-usage.ts';
import type { UrlRules } from '../url-guard.ts';

/** Where a server is, what lets us in, and what messages call it. */
export interface SearchServer {
  /** What it is for, as in "embedding texts". */
  readonly doing: string;
  /** Key of the config under which its address stands. */
  readonly setting: string;
  /** Address up to and with the version; a query is sent along with every call. */
  readonly baseUrl: string;
  readonly apiKeyVariable: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly rules: UrlRules;
  readonly timeoutMs: number;
  /** How often a call is repeated that failed by a status 429 or 5xx; once at most when it failed by its connection. */
  readonly retries: number;
  readonly pay: PayForCall;
}

/** One request: what is sent where, and the most that it may use. */
export interface PaidRequest {
  readonly path: string;
  readonly body: string;
  readonly call: PlannedCall;
}

/** Posts JSON to a path of the server and gives what `read` makes of the reply; a sentence instead says what is wrong with it. */
export type PostJson = <Value>(
  request: PaidRequest,
  read: (reply: JsonValue | undefined) => Value | string,
  signal?: AbortSignal,
) => Promise<Exclude<Value, string>>;

/** A few hundred vectors of some thousand numbers in text. */
const MAX_BODY_BYTES = 64 * 1024 ** 2;
const FIRST_WAIT_MS = 250;
/** Whoever asks to be left alone for longer has failed for now. */
const LONGEST_WAIT_MS = 30_000;

/**
 * A server of vectors or ranks. Its calls reject with a RetrieverError that holds no text of request or reply, with a ConfigError when the guard refuses
 * the host, and with the signal's reason when the caller breaks off for another reason than time. Each attempt is paid for, and what keeps it from
 * being paid for is thrown on. ConfigError at once for a key that is not there.
 */
export function openSearchServer({ doing, setting, baseUrl, apiKeyVariable, env, rules, timeoutMs, retries, pay }: SearchServer): PostJson {
  const key = readApiKey(env, apiKeyVariable);
  const base = new URL(baseUrl);
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const words = { server: `the server for ${doing}`, addressSetting: setting, hostsSetting: 'search.allowed_hosts' };

  function fault(clause: string, kind: string): RetrieverError {
    const remedy = `Look whether that server runs and is the one that ${setting} means; \`lauter doctor\` asks it.`;
    return new RetrieverError(`${doing}, on ${recordUrl(base)}: ${clause}.`, remedy, { kind });
  }

  async function callUntilAnswered({ path, body, call }: PaidRequest, signal: AbortSignal | undefined): Promise<JsonValue | undefined> {
    const url = new URL(base);
    url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path}`;
    const limits = { timeoutMs, signal };
    const attempt = async (): Promise<MadeCall<Attempt>> => {
      if (signal?.aborted === true) return { reply: 'broken_off', usage: 'no-call' };
      const outcome = await orRefused(exchange({ url, method: 'POST', headers, body, limits, maxBodyBytes: MAX_BODY_BYTES, rules, words }));
      if (outcome instanceof ConfigError) return { reply: outcome, usage: 'no-call' };
      if (outcome.state === 'failed') return { reply: outcome, usage: outcome.isUnsent === true ? 'no-call' : null };
      const json = parseJson(outcome.value);
      return { reply: { ...outcome, value: json }, usage: usageOf(json) };
    };
    for (let repeated = 0; ; repeated += 1) {
      signal?.throwIfAborted();
      const outcome = await pay(call, attempt);
      if (outcome === 'broken_off') continue;
      if (outcome instanceof ConfigError) throw outcome;
      if (outcome.state === 'answered') return outcome.value;
      const waitMs = repeated < retries ? waitBeforeRepeating(outcome, repeated) : undefined;
      if (waitMs === undefined) throw fault(`expected an answer, found ${outcome.kind}: ${outcome.detail}`, outcome.kind);
      await waitFor(waitMs, signal);
    }
  }

  return async (request, read, signal) => {
    try {
      const value = read(await callUntilAnswered(request, signal));
      if (typeof value === 'string') throw fault(`expected a whole answer, found another: ${value}`, 'protocol');
      return value as Exclude<typeof value, string>;
    } catch (error) {
      // A caller's time limit is a failure of the server; anything else that a caller breaks off for is its own reason.
      if (error instanceof DOMException && error.name === 'TimeoutError') throw fault('expected an answer in time, found none', 'timeout');
      throw error;
    }
  };
}

/** What came of an attempt; `broken_off` when the caller gave up before it, an error when the guard did not let it out. */
type Attempt = CallOutcome<JsonValue | undefined> | ConfigError | 'broken_off';

/** The guard speaks before anything is sent: nothing is paid for what it refuses. */
async function orRefused<Outcome>(exchanged: Promise<Outcome>): Promise<Outcome | ConfigError> {
  try {
    return await exchanged;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function usageOf(reply: JsonValue | undefined): MadeCall<Attempt>['usage'] {
  const usage = isObject(reply) ? readUsage(reply.usage) : null;
  return usage === null ? null : { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
}

/** Undefined when calling again would be of no use. */
function waitBeforeRepeating({ kind, retryAfterMs }: CallFailure, repeated: number): number | undefined {
  // Nobody there at the second look either: a search should not wait for them.
  const isWorthIt = kind === 'http_429' || kind === 'http_5xx' || (kind === 'connection' && repeated === 0);
  if (!isWorthIt) return undefined;
  const waitMs = retryAfterMs ?? FIRST_WAIT_MS * 2 ** repeated;
  return waitMs <= LONGEST_WAIT_MS ? waitMs : undefined;
}

async function waitFor(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(waitMs, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // The timer's own error only says that there was a signal.
    signal?.throwIfAborted();
    throw error;
  }
}
