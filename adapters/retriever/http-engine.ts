import type { RetrieverError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import type { RetrieverSettings } from '../../schemas/search-settings.ts';
import { readApiKey } from '../api-key.ts';
import type { CallFailure } from '../call-outcome.ts';
import { exchange, type Exchange } from '../http-exchange.ts';
import { parseJson } from '../parse-json.ts';
import { recordUrl } from '../record-url.ts';
import { engineFault, MAX_ANSWER_BYTES, type Engine, type EnginePlace } from './engine.ts';
import { fillTemplate, requireQuery, SEARCH_PLACEHOLDERS, type TemplateValues } from './fill-template.ts';
import { fillQuery, readRequestTemplate, type RequestTemplate } from './request-template.ts';

type HttpSettings = Extract<RetrieverSettings, { kind: 'http' }>;

const SEARCH_BODY = {
  query: '{{query}}',
  limit: '{{limit}}',
  collection: '{{collection}}',
  source: '{{source}}',
  strategy: '{{strategy}}',
};
const INDEX_BODY = { collection: '{{collection}}', pages: '{{pages}}' };

/**
 * An engine behind one HTTP call. Nothing is called but this machine and the allowed hosts; no redirect is followed and no call is repeated. ConfigError for a
 * template or key that cannot be used and, once something is asked, for a host that may not be called.
 */
export function openHttpEngine(name: string, settings: HttpSettings, place: EnginePlace): Engine {
  const setting = `search.retrievers.${name}`;
  const where = `${name} at ${recordUrl(settings.url)}`;
  const apiKey = readApiKey(place.env, settings.api_key_env);
  const body = settings.method === 'GET' ? undefined : ((settings.body ?? SEARCH_BODY) as JsonValue);
  const template = readRequestTemplate({ url: settings.url, body, known: SEARCH_PLACEHOLDERS, setting });
  requireQuery(template.names, settings.method === 'GET' ? `${setting}.url` : `${setting}.body`);
  const headers = {
    accept: 'application/json',
    ...lowerCase(settings.headers),
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };

  function order(
    filled: RequestTemplate,
    method: Exchange['method'],
    values: TemplateValues,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Exchange {
    const sent = filled.body === undefined ? undefined : JSON.stringify(fillTemplate(filled.body, values));
    return {
      url: fillQuery(filled.url, values),
      method,
      headers: { ...headers, ...(sent === undefined ? {} : { 'content-type': 'application/json' }) },
      body: sent,
      limits: { timeoutMs, signal },
      maxBodyBytes: MAX_ANSWER_BYTES,
      rules: { ...place.rules, allowRemote: false },
      words: { server: `the search engine ${name}`, addressSetting: `${setting}.url`, hostsSetting: 'search.allowed_hosts' },
    };
  }

  async function ask(question: TemplateValues, signal: AbortSignal | undefined): Promise<JsonValue> {
    const outcome = await exchange(order(template, settings.method, question, settings.timeout_ms, signal));
    if (outcome.state === 'failed') throw failed(where, outcome);
    const answer = parseJson(outcome.value);
    if (answer === undefined) throw engineFault(where, 'JSON', 'something else', 'Look at what the engine answers.');
    return answer;
  }

  function openIndex({ url, method, body: given, timeout_ms: timeoutMs }: NonNullable<HttpSettings['index']>) {
    const making = readRequestTemplate({
      url,
      body: (given ?? INDEX_BODY) as JsonValue,
      known: ['collection', 'pages'],
      setting: `${setting}.index`,
    });
    return async (collection: string, pages: readonly SearchPage[]): Promise<void> => {
      const values = { collection, pages: pages as unknown as JsonValue[] };
      const outcome = await exchange(order(making, method, values, timeoutMs));
      if (outcome.state === 'failed') throw failed(`${name} at ${recordUrl(url)}`, outcome);
    };
  }

  return {
    where,
    paths: settings,
    knowsSource: template.names.has('source') && settings.source_id !== undefined,
    ask: (question, signal) => ask({ ...question }, signal),
    ...(settings.index === undefined ? {} : { index: openIndex(settings.index) }),
    close: () => Promise.resolve(),
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]));
}

function failed(where: string, { detail, kind }: CallFailure): RetrieverError {
  const remedy =
    kind === 'timeout' ? 'Make the engine faster, or raise timeout_ms.' : 'Look at the engine and at its entry in search.retrievers.';
  return engineFault(where, 'an answer', detail, remedy);
}
