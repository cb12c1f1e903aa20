import type { Embedding } from '../../activities/search/embed-chunks.ts';
import type { Synopses } from '../../activities/search/write-synopses.ts';
import { publishCollection } from '../../adapters/search/collection-store.ts';
import { CHUNKER_VERSION, corpusHashOf, INDEX_VERSION } from '../../domain/search/index.ts';
import { compareCodePoints } from '../../domain/shared/code-point-order.ts';
import type { CollectionHead } from '../../schemas/collection-head.ts';
import { writeGeneration, type ShowProgress } from './write-generation.ts';

/** A page that a collection is to hold. */
export interface PublishedPage {
  readonly key: string;
  /** sha256 of its line. */
  readonly contentHash: string;
  /** Its canonical JSON. */
  line(): string;
}

/** What a generation of a collection is to be. */
export interface NewGeneration {
  /** In any order. */
  readonly pages: readonly PublishedPage[];
  /** True when every page is made up. */
  readonly synthetic: boolean;
  readonly embedderName: string | null;
  readonly embedding: Embedding | null;
  /** Vectors above which a graph of neighbours is built. */
  readonly annThreshold: number;
}

/** Writes the next generation of a collection, whole before it counts. Whoever calls this holds the collection's lock. */
export function publishPages(
  workspace: string,
  name: string,
  { pages, synthetic, embedderName, embedding, annThreshold }: NewGeneration,
  control: { readonly show: ShowProgress; readonly signal: AbortSignal },
): Promise<CollectionHead> {
  // By key, so that a collection is the same whatever way its pages came into it.
  const sorted = pages.toSorted((left, right) => compareCodePoints(left.key, right.key));
  return publishCollection(workspace, name, async (folder) => {
    const { chunks, synopses } = await writeGeneration(
      folder,
      { lines: linesOf(sorted), pages: pages.length },
      { embedding, annThreshold },
      control,
    );
    return {
      chunks,
      synopses: toldSynopses(embedding, synopses),
      pages: pages.length,
      corpus_hash: corpusHashOf(sorted.map(({ key, contentHash }) => [key, contentHash] as const)),
      embedder: embedding?.embedder.id ?? null,
      embedder_name: embedding === null ? null : embedderName,
      dimensions: embedding?.embedder.dimensions ?? null,
      contextual: embedding?.contextual ?? null,
      chunker_version: CHUNKER_VERSION,
      index_version: INDEX_VERSION,
      synthetic,
    };
  });
}

function* linesOf(pages: readonly PublishedPage[]): Iterable<string> {
  for (const page of pages) yield page.line();
}

function toldSynopses(embedding: Embedding | null, synopses: Synopses | null): CollectionHead['synopses'] {
  const by = embedding?.synopsizer?.id;
  if (by === undefined || synopses === null) return null;
  const { written, unusable, unanswered } = synopses;
  return { by, written, unusable, unanswered };
}
