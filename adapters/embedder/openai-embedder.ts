import type { Embedder } from '../../activities/search-ports.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { mostTokens } from '../../domain/shared/most-tokens.ts';
import type { EmbedderSettings } from '../../schemas/search-settings.ts';
import { readEmbeddings, writeEmbeddingsRequest } from '../embeddings.ts';
import type { EmbedderPlace } from './embedder-place.ts';
import { openSearchServer } from './search-server.ts';
import { toUnitVector } from './unit-vector.ts';

const CALL_LIMIT_MS = 60_000;
const RETRIES = 4;

/** Vectors from any server with the embeddings call of OpenAI: in batches, one after another, checked and brought to length 1. */
export function openOpenAiEmbedder(
  name: string,
  settings: Extract<EmbedderSettings, { kind: 'openai' }>,
  { env, rules, pay }: EmbedderPlace,
): Embedder {
  const { model, dimensions, batch_size: batchSize } = settings;
  const post = openSearchServer({
    doing: 'embedding texts',
    setting: `search.embedders.${name}.base_url`,
    baseUrl: settings.base_url,
    apiKeyVariable: settings.api_key_env,
    env,
    rules,
    timeoutMs: CALL_LIMIT_MS,
    retries: RETRIES,
    pay,
  });
  return {
    id: `openai:${model}:${dimensions}`,
    dimensions,
    batchSize,
    async embed(texts, _kind, signal) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += batchSize) {
        const batch = texts.slice(from, from + batchSize);
        const read = (reply: JsonValue | undefined): Float32Array[] | string => readVectors(reply, batch.length, dimensions);
        const call = { lane: 'embedding', model, mostInputTokens: mostTokens(batch), mostOutputTokens: 0 } as const;
        vectors.push(...(await post({ path: 'embeddings', body: writeEmbeddingsRequest(model, batch), call }, read, signal)));
      }
      return vectors;
    },
    close: () => Promise.resolve(),
  };
}

function readVectors(reply: JsonValue | undefined, count: number, dimensions: number): Float32Array[] | string {
  const found = readEmbeddings(reply, count);
  if (typeof found === 'string') return found;
  const vectors: Float32Array[] = [];
  for (const values of found) {
    const vector = toUnitVector(values, dimensions);
    if (typeof vector === 'string') return vector;
    vectors.push(vector);
  }
  return vectors;
}
