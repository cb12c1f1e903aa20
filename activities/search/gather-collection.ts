import {
  corpusHashOf,
  IndexBuilder,
  KeywordArm,
  nearestChunks,
  openIndex,
  pageKey,
  pageLine,
  resolveKnobs,
} from '../../domain/search/index.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import type { IntendedSearch } from '../search-ports.ts';
import { embedChunks } from './embed-chunks.ts';
import type { OpenCollection } from './open-collection.ts';
import type { SearchWorld } from './search-world.ts';

const NEVER = new AbortController().signal;

type Needs = Pick<SearchWorld, 'settings' | 'embedder' | 'synopsizer' | 'sha256'>;

/**
 * Makes a collection in memory of exactly these pages, with vectors when there is an embedder and the searches that are intended have a vector arm. Where
 * a key comes twice the first page counts.
 */
export async function gatherCollection(
  { settings, embedder: openEmbedder, synopsizer: openSynopsizer, sha256 }: Needs,
  name: string,
  given: readonly SearchPage[],
  { strategy, mode, knobs: perCall, signal = NEVER }: Partial<IntendedSearch> = {},
): Promise<OpenCollection> {
  const pages = firstOfEachKey(given);
  const builder = new IndexBuilder();
  for (const page of pages) builder.add(page);
  const index = openIndex(joined(builder.finish()));
  if (index === undefined) throw new Error('an index that was just built cannot be opened');
  const embedder = strategy === 'keyword' ? null : await openEmbedder();
  const { contextual } = resolveKnobs({ settings, mode, perCall, strategy }).knobs;
  const synopsizer = embedder !== null && contextual === 'synopsis' ? ((await openSynopsizer?.()) ?? null) : null;
  const vectors =
    embedder === null ? null : (await embedChunks(index, { embedder, contextual, synopsizer }, () => undefined, signal)).vectors;
  return {
    name,
    generation: 1,
    corpusHash: corpusHashOf(pages.map((page) => [pageKey(page), sha256(pageLine(page))] as const)),
    embedder: embedder?.id ?? null,
    synopsizer: synopsizer?.id ?? null,
    index,
    keywords: new KeywordArm(index),
    vectors,
    findNearest: vectors === null ? null : (vector, limit) => nearestChunks(vector, vectors, limit),
  };
}

function firstOfEachKey(given: readonly SearchPage[]): SearchPage[] {
  const pages = new Map<string, SearchPage>();
  for (const page of given) if (!pages.has(pageKey(page))) pages.set(pageKey(page), page);
  return [...pages.values()];
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
