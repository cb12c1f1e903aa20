import { createHash } from 'node:crypto';
import { createBuiltinRetriever } from '../../activities/search/builtin-retriever.ts';
import { gatherCollection } from '../../activities/search/gather-collection.ts';
import type { SearchWorld } from '../../activities/search/search-world.ts';
import type { AnswerCache, Embedder, Expander, Reranker, Retriever, SearchRequest, Synopsizer } from '../../activities/search-ports.ts';
import { readExcludedPrefixes, readSourceBoosts } from '../../domain/search/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import { searchSettingsSchema, type SearchSettings } from '../../schemas/search-settings.ts';

/** What a test may say of the world it searches in. */
export interface WorldOptions {
  readonly settings?: Partial<SearchSettings>;
  readonly embedder?: Embedder | null;
  /** What the collection was indexed with, where that is something else. */
  readonly indexedWith?: Embedder | null;
  readonly reranker?: Reranker | null;
  readonly expander?: Expander | null;
  readonly synopsizer?: Synopsizer | null;
  readonly answers?: AnswerCache;
  readonly excluded?: string;
  readonly salvage?: string;
  readonly nowMs?: () => number;
}

/** The reference: what can be worked out by hand. */
const BY_HAND = { lexical: 'bm25', fusion: 'rrf' } as const;

/** Our engine over one collection, `harbour`, of these pages, as it would be opened from disk. Words and fusion are those of the reference unless stated. */
export async function searcher(pages: readonly SearchPage[], options: WorldOptions = {}) {
  const { embedder = null, indexedWith = embedder, reranker = null, expander = null, synopsizer = null } = options;
  const settings = searchSettingsSchema.parse({ ...BY_HAND, ...options.settings });
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const gather: SearchWorld['gather'] = (name, some, intended) =>
    gatherCollection(
      { settings, sha256, embedder: () => Promise.resolve(indexedWith), synopsizer: () => Promise.resolve(synopsizer) },
      name,
      some,
      intended,
    );
  const collection = await gather('harbour', pages);
  const world: SearchWorld = {
    settings,
    boosts: readSourceBoosts(settings.source_profile, undefined),
    excluded: readExcludedPrefixes(options.excluded),
    salvage: options.salvage,
    nowMs: options.nowMs ?? (() => Date.parse('2026-03-04T00:00:00Z')),
    sha256,
    embedder: () => Promise.resolve(embedder),
    reranker: () => Promise.resolve(reranker),
    expander: () => Promise.resolve(expander),
    answers: options.answers,
    open: (name) =>
      name === 'harbour'
        ? Promise.resolve(collection)
        : Promise.reject(new CollectionError(`opening ${name}: expected a collection, found none.`, 'Make it.')),
    gather,
    close: () => Promise.resolve(),
  };
  const retriever: Retriever = createBuiltinRetriever(world);
  const search = (query: string, request: Partial<SearchRequest> = {}): Promise<SearchResponse> =>
    retriever.search({ collection: 'harbour', query, strategy: 'hybrid', isEvaluation: false, ...request });
  return { retriever, search, collection };
}

/** An embedder that gives each text the vector that is made of it, of three numbers. */
export function handEmbedder(vectorOf: (text: string) => readonly number[], id = 'hand:3'): Embedder {
  return {
    id,
    dimensions: 3,
    embed: (texts) => Promise.resolve(texts.map((text) => Float32Array.from(vectorOf(text)))),
    close: () => Promise.resolve(),
  };
}

/** A reranker that scores each passage by what it says, and keeps what it was given. */
export function handReranker(scoreOf: (passage: string) => number): Reranker & { readonly given: (readonly string[])[] } {
  const given: (readonly string[])[] = [];
  return {
    id: 'hand',
    given,
    rerank: (_query, passages) => {
      given.push(passages);
      return Promise.resolve(passages.map(scoreOf));
    },
  };
}

/** Slugs of the results, in their order. */
export function slugsOf({ results }: Pick<SearchResponse, 'results'>): string[] {
  return results.map(({ slug }) => slug);
}
