import { deterministicVector } from '../../domain/shared/deterministic-vector.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import type { Embedder, SearchRequest } from '../search-ports.ts';
import { goOnWithout } from './go-on-without.ts';
import type { OpenCollection } from './open-collection.ts';
import { withinTime } from './within-time.ts';

/** The vector of a query, or why there is none; neither where no vector was asked for. */
export interface QueryVector {
  readonly vector: Float32Array | null;
  readonly degraded: Degradation | null;
}

/** Makes the vector of a query within its time. A search goes on without one and says so, whatever the embedder does. */
export async function queryVector(
  { query, strategy, embeddingDim, signal, isEvaluation }: SearchRequest,
  collection: OpenCollection,
  embedder: Embedder | null,
  { embed_timeout_ms: timeoutMs }: SearchKnobs,
): Promise<QueryVector> {
  if (strategy === 'keyword') return { vector: null, degraded: null };
  if (embedder === null) return { vector: null, degraded: 'no_embedder' };
  // An empty collection has nothing that could have been embedded otherwise.
  if (collection.embedder !== embedder.id && collection.index.chunkCount > 0) return { vector: null, degraded: 'embedder_mismatch' };
  if (embeddingDim !== undefined && embedder.id === 'deterministic') {
    return { vector: deterministicVector('', embeddingDim), degraded: null };
  }
  try {
    const [vector] = await withinTime(timeoutMs, signal, (ending) => embedder.embed([query], 'query', ending));
    if (vector?.length !== embedder.dimensions) return { vector: null, degraded: 'embedding_failed' };
    return { vector, degraded: null };
  } catch (error) {
    goOnWithout(error, { signal, isEvaluation });
    return { vector: null, degraded: 'embedding_failed' };
  }
}
