import { ConfigError } from '../../domain/shared/errors.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import type { ModelCard } from '../../schemas/bench-model-summary.ts';
import type { CallLimits, CallOutcome } from '../call-outcome.ts';
import { ChatStream } from './chat-stream.ts';
import { readCompletion, writeChatRequest, type ChatAnswer, type ChatRequest } from './chat.ts';
import { readEmbeddings, writeEmbeddingsRequest } from '../embeddings.ts';
import { exchange, type Exchange, type ServerWords } from '../http-exchange.ts';
import { readModelCard } from './model-card.ts';
import { readModelList, type ListedModel } from './model-list.ts';
import { parseJson } from '../parse-json.ts';
import type { UrlRules } from '../url-guard.ts';

/** Where the server is, and what it lets us in with. */
export interface ModelServer {
  /** Up to and with the version: `http://127.0.0.1:8000/v1`. A query is sent along with every call. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly rules: UrlRules;
  /** How messages call it; the inference server of the bench when left out. */
  readonly words?: ServerWords | undefined;
}

const BENCH_SERVER: ServerWords = {
  server: 'the model server',
  addressSetting: 'bench.base_url',
  hostsSetting: 'bench.allowed_hosts, or pass --allow-remote-inference',
};

/** Calls of an OpenAI-compatible server. None is repeated, none is answered from a cache. */
export interface ModelClient {
  chat(request: ChatRequest, limits: CallLimits): Promise<CallOutcome<ChatAnswer>>;
  /** One vector for each text, in their order. */
  embed(model: string, texts: readonly string[], limits: CallLimits): Promise<CallOutcome<number[][]>>;
  listModels(limits: CallLimits): Promise<CallOutcome<ListedModel[]>>;
  /** The card of one model, from `GET /models/<id>` or, where the server has no such page, from its list. */
  readCard(model: string, limits: CallLimits): Promise<CallOutcome<ModelCard>>;
}

/** Largest reply of a model: with its record it must fit into one line of a run file, which holds 16 MiB. */
const MAX_CHAT_BYTES = 4 * 1024 ** 2;
/** A few hundred vectors of some thousand numbers in text. */
const MAX_EMBEDDINGS_BYTES = 64 * 1024 ** 2;
const MAX_LIST_BYTES = 8 * 1024 ** 2;

/**
 * A client of our own rather than the `openai` package, because the bench lives on what that one hides: a timer that also runs while the body is read, the
 * time to the first token, failures told apart by kind, one call that is one request, and a connection to an address that was checked before.
 */
export function createModelClient({ baseUrl, apiKey, rules, words = BENCH_SERVER }: ModelServer): ModelClient {
  const base = parseBase(baseUrl, words);
  const accepted = {
    accept: 'application/json, text/event-stream',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };

  function order(path: string, limits: CallLimits, maxBodyBytes: number, body?: string): Exchange {
    const url = new URL(base);
    url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path}`;
    const headers = {
      ...accepted,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(limits.requestId === undefined ? {} : { 'x-request-id': limits.requestId }),
    };
    return { url, method: body === undefined ? 'GET' : 'POST', headers, body, limits, maxBodyBytes, rules, words };
  }

  async function chat(request: ChatRequest, limits: CallLimits): Promise<CallOutcome<ChatAnswer>> {
    const asked = order('chat/completions', limits, MAX_CHAT_BYTES, writeChatRequest(request));
    if (request.isStreamed !== true) return read(await exchange(asked), (text) => readCompletion(parseJson(text)));
    const stream = new ChatStream();
    const outcome = await exchange({ ...asked, onText: (text, atMs) => stream.take(text, atMs) });
    // A server that cannot stream sends the answer as a whole.
    return read(outcome, (text) => (text.trimStart().startsWith('{') ? readCompletion(parseJson(text)) : stream.finish()));
  }

  async function embed(model: string, texts: readonly string[], limits: CallLimits): Promise<CallOutcome<number[][]>> {
    const outcome = await exchange(order('embeddings', limits, MAX_EMBEDDINGS_BYTES, writeEmbeddingsRequest(model, texts)));
    return read(outcome, (text) => readEmbeddings(parseJson(text), texts.length));
  }

  async function listModels(limits: CallLimits): Promise<CallOutcome<ListedModel[]>> {
    return read(await exchange(order('models', limits, MAX_LIST_BYTES)), (text) => readModelList(parseJson(text)));
  }

  async function readCard(model: string, limits: CallLimits): Promise<CallOutcome<ModelCard>> {
    const page = await exchange(order(`models/${encodeURIComponent(model)}`, limits, MAX_LIST_BYTES));
    const own = read(page, (text) => cardOf(model, parseJson(text)));
    if (own.state === 'answered' || own.redirectUrl !== null || (own.kind !== 'http_4xx' && own.kind !== 'protocol')) return own;
    const list = await listModels(limits);
    return list.state === 'failed' ? list : read(list, (models) => cardOf(model, models.find(({ id }) => id === model)?.card));
  }

  return { chat, embed, listModels, readCard };
}

function parseBase(baseUrl: string, { server, addressSetting }: ServerWords): URL {
  if (URL.canParse(baseUrl) && /^https?:/i.test(baseUrl)) return new URL(baseUrl);
  throw new ConfigError(
    `connecting to ${server}, on ${addressSetting}: expected an http or https address, found another text.`,
    'Write it as http://127.0.0.1:8000/v1.',
  );
}

/** Makes a reply into what it says; a sentence instead says why it breaks the protocol. */
function read<Raw, Value>(outcome: CallOutcome<Raw>, interpret: (raw: Raw) => Value | string): CallOutcome<Exclude<Value, string>> {
  if (outcome.state === 'failed') return outcome;
  const value = interpret(outcome.value);
  if (typeof value !== 'string') return { ...outcome, value: value as Exclude<Value, string> };
  const { status, timing } = outcome;
  return { state: 'failed', kind: 'protocol', detail: value, status, retryAfterMs: null, redirectUrl: null, timing };
}

function cardOf(model: string, card: JsonValue | undefined): ModelCard | string {
  if (!isObject(card) || !Object.hasOwn(card, 'id')) return 'the server shows no card of this model';
  return readModelCard(model, card) ?? 'the card of the model nests too deep';
}
