import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { embedChunks, type EmbeddedChunks, type Embedding } from '../../activities/search/embed-chunks.ts';
import { writeWhole } from '../../adapters/atomic-write.ts';
import { buildHnsw } from '../../adapters/nearest/hnsw.ts';
import { COLLECTION_FILES } from '../../adapters/search/collection-store.ts';
import { createLineStore } from '../../adapters/search/line-store.ts';
import { IndexBuilder, openIndex } from '../../domain/search/index.ts';
import type { SearchPage } from '../../schemas/search-page.ts';

/** Where the work is. */
export type ShowProgress = (
  stage: 'reading' | 'indexing' | 'synopses' | 'embedding' | 'neighbours',
  done: number,
  total: number | null,
) => void;

/** What a generation came to. */
export interface WrittenGeneration extends Pick<EmbeddedChunks, 'synopses'> {
  readonly chunks: number;
}

/** Pages between two looks at interrupts. */
const TURN = 256;

/** Fills a folder with the files of a generation: pages, index, with an embedder vectors, and above so many of them their neighbours. */
export async function writeGeneration(
  folder: string,
  { lines, pages }: { readonly lines: Iterable<string>; readonly pages: number },
  { embedding, annThreshold }: { readonly embedding: Embedding | null; readonly annThreshold: number },
  { show, signal }: { readonly show: ShowProgress; readonly signal: AbortSignal },
): Promise<WrittenGeneration> {
  const builder = new IndexBuilder();
  const kept = createLineStore(join(folder, COLLECTION_FILES.pages));
  let done = 0;
  try {
    for (const line of lines) {
      kept.append(line);
      builder.add(JSON.parse(line) as SearchPage);
      done += 1;
      if (done % TURN > 0) continue;
      show('indexing', done, pages);
      await turn(undefined, { signal });
    }
  } finally {
    kept.close();
  }
  const pieces = builder.finish();
  writePieces(join(folder, COLLECTION_FILES.index), pieces);
  if (embedding === null) return { chunks: builder.chunkCount, synopses: null };
  const index = openIndex(Buffer.concat(pieces));
  if (index === undefined) throw new Error('an index that was just built cannot be opened');
  const { vectors, synopses } = await embedChunks(index, embedding, show, signal);
  writePieces(join(folder, COLLECTION_FILES.vectors), [new Uint8Array(vectors.buffer)]);
  if (builder.chunkCount > annThreshold) {
    show('neighbours', 0, null);
    await buildHnsw(join(folder, COLLECTION_FILES.neighbours), vectors, embedding.embedder.dimensions, signal);
  }
  return { chunks: builder.chunkCount, synopses };
}

function writePieces(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx');
  try {
    for (const piece of pieces) writeWhole(file, piece);
  } finally {
    closeSync(file);
  }
}
