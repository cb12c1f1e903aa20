import { embeddingText, type SearchIndex } from '../../domain/search/index.ts';
import { deterministicVector } from '../../domain/shared/deterministic-vector.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Embedder } from '../search-ports.ts';

/** What makes the vectors of a collection, and what is embedded beside the text of a chunk. */
export interface Embedding {
  readonly embedder: Embedder;
  readonly contextual: SearchKnobs['contextual'];
}

/** Chunks that are embedded before progress is told. What was embedded is kept beyond an interruption by the embedder's own cache. */
const SLICE = 256;

/** The vectors of all chunks of an index one after another, in the order of their numbers. Rejects when the embedder does. */
export async function embedChunks(
  index: SearchIndex,
  { embedder, contextual }: Embedding,
  onDone: (chunks: number) => void,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const vectors = new Float32Array(index.chunkCount * embedder.dimensions);
  for (let from = 0; from < index.chunkCount; from += SLICE) {
    signal.throwIfAborted();
    const chunks = Array.from({ length: Math.min(SLICE, index.chunkCount - from) }, (_, offset) => from + offset);
    const pages = chunks.map((chunk) => index.page(index.pageOfChunk(chunk)));
    const texts = chunks.map((chunk, at) => embeddingText(pages[at]!.title, index.chunkText(chunk), contextual));
    const made = await embedder.embed(texts, 'passage', signal);
    for (const [at, chunk] of chunks.entries()) {
      const stated = embedder.id === 'deterministic' ? pages[at]!.embedding_dim : null;
      vectors.set(stated === null ? made[at]! : deterministicVector('', stated), chunk * embedder.dimensions);
    }
    onDone(from + chunks.length);
  }
  return vectors;
}
