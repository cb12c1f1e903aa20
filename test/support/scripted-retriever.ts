import type { Retriever, SearchRequest } from '../../activities/search-ports.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';

/** What an engine answers: keys best first (`source::slug`, or a slug of the default source), or an error it throws. */
export type Script = Readonly<Record<string, readonly string[] | Error>>;

/** An engine that answers by a script, and keeps what it was asked. A query that the script lacks finds nothing. */
export interface ScriptedRetriever extends Retriever {
  readonly asked: readonly SearchRequest[];
  readonly isClosed: boolean;
}

/** What may be said of every answer. */
export type AnswerMeta = Partial<SearchResponse['meta']> & { readonly knob_hash?: string };

/** Makes such an engine; `metaOf` changes what it says of its answers. */
export function scriptedRetriever(script: Script, metaOf: (request: SearchRequest) => AnswerMeta = () => ({})): ScriptedRetriever {
  const asked: SearchRequest[] = [];
  let isClosed = false;
  return {
    name: 'scripted',
    asked,
    get isClosed() {
      return isClosed;
    },
    search: (request) => {
      asked.push(request);
      const answer = script[request.query] ?? [];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(responseOf(request, answer, metaOf(request)));
    },
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
}

/** A response that holds these pages, best first. */
export function responseOf({ query }: Pick<SearchRequest, 'query'>, keys: readonly string[], more: AnswerMeta = {}): SearchResponse {
  const { knob_hash = 'knobs', ...meta } = more;
  return {
    schema_version: 1,
    query,
    mode: 'balanced',
    knob_hash,
    intent: 'general',
    detail: null,
    results: keys.map((name, at) => {
      const key = name.includes('::') ? name : `default::${name}`;
      const [source_id, slug] = key.split('::') as [string, string];
      const rest = { chunk_id: at, kind: 'body', title: slug, text: '', score: 1 / (at + 1), rank: at + 1, arms: [], flags: [] } as const;
      return { source_id, slug, key, ...rest, arms: [], flags: [] };
    }),
    meta: {
      degraded: [],
      vector_enabled: false,
      expansion_applied: false,
      reranked: false,
      cache: 'off',
      budget: { budget: 0, used: 0, kept: keys.length, dropped: 0, truncated: false },
      latency_ms: 10,
      corpus_hash: 'corpus',
      generation: 1,
      ...meta,
    },
  };
}
