import { join } from 'node:path';
import type { Embedder } from '../../activities/search-ports.ts';
import { sha256, sha256Of } from '../digest.ts';
import { VectorCache } from './vector-cache.ts';

/** Texts after which vectors are kept: what an interruption costs at most. What is paid for is kept after each call. */
const SLICE = 256;

/**
 * The same embedder, which makes a passage's vector once and takes it from the disk from then on: by the sha256 of the text, in a folder for each
 * embedder below `root`. Queries are not kept: what people ask leaves no trace here.
 */
export function cacheVectors(embedder: Embedder, root: string): Embedder {
  const folder = join(root, sha256Of(embedder.id, String(embedder.dimensions)).slice(0, 32));
  let opened: VectorCache | undefined;
  return {
    ...embedder,
    async embed(texts, kind, signal) {
      if (kind === 'query') return embedder.embed(texts, kind, signal);
      // Not before it is needed: whoever only asks may have no right to write.
      const cache = (opened ??= new VectorCache(folder, embedder.dimensions));
      const digests = texts.map((text) => sha256(text));
      const vectors = new Map<string, Float32Array>();
      const missing = new Map<string, string>();
      for (const [place, digest] of digests.entries()) {
        const kept = vectors.get(digest) ?? cache.get(digest);
        if (kept === undefined) missing.set(digest, texts[place]!);
        else vectors.set(digest, kept);
      }
      const waiting = [...missing];
      const step = embedder.batchSize ?? SLICE;
      for (let from = 0; from < waiting.length; from += step) {
        const slice = waiting.slice(from, from + step);
        const made = await embedder.embed(
          slice.map(([, text]) => text),
          kind,
          signal,
        );
        const entries = slice.map(([digest], place) => ({ digest, vector: made[place]! }));
        for (const { digest, vector } of entries) vectors.set(digest, vector);
        await cache.put(entries);
      }
      return digests.map((digest) => vectors.get(digest)!);
    },
    async close() {
      opened?.close();
      await embedder.close();
    },
  };
}
