import { RetrieverError } from '../../domain/shared/errors.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import type { Embedder, SearchRequest } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';

/** The vector of a query, or why there is none; neither where no vector was asked for. */
export interface QueryVector {
  readonly vector: Float32Array | null;
  readonly degraded: Degradation | null;
}

/** Makes the vector of a query within its time. A search goes on without one and says so. */
export async function queryVector(
  { query, strategy, embeddingDim, signal }: SearchRequest,
  collection: OpenCollection,
  embedder: Embedder | null,
  { embed_timeout_ms: timeoutMs }: SearchKnobs,
): Promise<QueryVector> {
  if (strategy === 'keyword') return { vector: null, degraded: null };
  if (embedder === null) return { vector: null, degraded: 'no_embedder' };
  // An empty collection has nothing that could have been embedded otherwise.
  if (collection.embedder !== embedder.id && collection.index.chunkCount > 0) return { vector: null, degraded: 'embedder_mismatch' };
  if (embeddingDim !== undefined && embedder.id === 'deterministic') {
    return { vector: unitVector(embedder.dimensions, embeddingDim % embedder.dimensions), degraded: null };
  }
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])];
  try {
    const [vector] = await embedder.embed([query], 'query', AbortSignal.any(limits));
    return { vector: vector!, degraded: null };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof RetrieverError || limits[0]!.aborted) return { vector: null, degraded: 'embedding_failed' };
    throw error;
  }
}

function unitVector(dimensions: number, at: number): Float32Array {
  const vector = new Float32Array(dimensions);
  vector[at] = 1;
  return vector;
}
