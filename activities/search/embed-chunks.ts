import { embeddingText, type SearchIndex } from '../../domain/search/index.ts';
import { deterministicVector } from '../../domain/shared/deterministic-vector.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Embedder, Synopsizer } from '../search-ports.ts';
import { writeSynopses, type Synopses } from './write-synopses.ts';

/** What makes the vectors of a collection, and what is embedded beside the text of a chunk. */
export interface Embedding {
  readonly embedder: Embedder;
  readonly contextual: SearchKnobs['contextual'];
  /** What says what pages are about, where `contextual` is `synopsis`; null without such a model. */
  readonly synopsizer?: Synopsizer | null;
}

/** Vectors of a collection, and what became of its synopses; null where none were wanted, or nobody could write them. */
export interface EmbeddedChunks {
  readonly vectors: Float32Array<ArrayBuffer>;
  readonly synopses: Synopses | null;
}

/** Takes in how far the work has come: pages that a model was asked about, then chunks that were embedded. */
export type OnEmbedded = (stage: 'synopses' | 'embedding', done: number, total: number) => void;

/** Chunks that are embedded before progress is told. What was embedded is kept beyond an interruption by the embedder's own cache. */
const SLICE = 256;

/**
 * The vectors of all chunks of an index one after another, in the order of their numbers, after the synopses of its pages where those are wanted. Rejects when
 * the embedder does, and when `writeSynopses` does.
 */
export async function embedChunks(
  index: SearchIndex,
  { embedder, contextual, synopsizer = null }: Embedding,
  onDone: OnEmbedded,
  signal: AbortSignal,
): Promise<EmbeddedChunks> {
  const isTold = contextual === 'synopsis' && synopsizer !== null;
  const synopses = isTold ? await writeSynopses(synopsizer, index, (pages) => onDone('synopses', pages, index.pageCount), signal) : null;
  const vectors = new Float32Array(index.chunkCount * embedder.dimensions);
  for (let from = 0; from < index.chunkCount; from += SLICE) {
    signal.throwIfAborted();
    const chunks = Array.from({ length: Math.min(SLICE, index.chunkCount - from) }, (_, offset) => from + offset);
    const pages = chunks.map((chunk) => index.page(index.pageOfChunk(chunk)));
    const texts = chunks.map((chunk, at) =>
      embeddingText(pages[at]!.title, index.chunkText(chunk), contextual, synopses?.texts[index.pageOfChunk(chunk)]),
    );
    const made = await embedder.embed(texts, 'passage', signal);
    for (const [at, chunk] of chunks.entries()) {
      const stated = embedder.id === 'deterministic' ? pages[at]!.embedding_dim : null;
      vectors.set(stated === null ? made[at]! : deterministicVector('', stated), chunk * embedder.dimensions);
    }
    onDone('embedding', from + chunks.length, index.chunkCount);
  }
  return { vectors, synopses };
}
