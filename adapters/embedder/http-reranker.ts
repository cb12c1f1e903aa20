import type { Reranker } from '../../activities/search-ports.ts';
import { asNumber, isObject, type JsonValue } from '../../domain/shared/json.ts';
import { mostTokens } from '../../domain/shared/most-tokens.ts';
import type { RerankerSettings } from '../../schemas/search-settings.ts';
import type { EmbedderPlace } from './embedder-place.ts';
import { openSearchServer } from './search-server.ts';

const CALL_LIMIT_MS = 30_000;

/**
 * Scores from a server with a `/rerank` call: `{model, query, documents}` to `{results: [{index, relevance_score}]}`, every document exactly once. Calls
 * are not repeated: a search goes on without its reranker.
 */
export function openHttpReranker(settings: RerankerSettings, { env, rules, pay }: Omit<EmbedderPlace, 'base'>): Reranker {
  const post = openSearchServer({
    doing: 'reranking passages',
    setting: 'search.reranker.base_url',
    baseUrl: settings.base_url,
    apiKeyVariable: settings.api_key_env,
    env,
    rules,
    timeoutMs: settings.timeout_ms ?? CALL_LIMIT_MS,
    retries: 0,
    pay,
  });
  return {
    id: `http:${settings.model}`,
    async rerank(query, passages, signal) {
      if (passages.length === 0) return [];
      const { model } = settings;
      // The query is read again with every passage.
      const mostInputTokens = mostTokens(passages.flatMap((passage) => [query, passage]));
      const call = { lane: 'reranking', model, mostInputTokens, mostOutputTokens: 0 } as const;
      const body = JSON.stringify({ model, query, documents: passages });
      return post({ path: 'rerank', body, call }, (reply) => readScores(reply, passages.length), signal);
    },
  };
}

function readScores(reply: JsonValue | undefined, count: number): number[] | string {
  if (!isObject(reply) || !Array.isArray(reply.results)) return 'a reply without a list of results';
  if (reply.results.length !== count) return `${reply.results.length} results for ${count} passages`;
  const scores = Array<number>(count).fill(Number.NaN);
  for (const result of reply.results) {
    const [index, score] = isObject(result) ? [asNumber(result.index), asNumber(result.relevance_score)] : [];
    if (index === undefined || score === undefined) return 'a result without index or without a finite score';
    if (!Number.isNaN(scores[index] ?? 0)) return 'a result twice, or one of a passage that was not sent';
    scores[index] = score;
  }
  return scores;
}
