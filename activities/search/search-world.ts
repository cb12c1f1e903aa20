import type { SourceBoosts } from '../../domain/search/index.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import type { AnswerCache, Embedder, Expander, IntendedSearch, Reranker, Synopsizer } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';

/** What a search needs of the world; `worker/` wires it. */
export interface SearchWorld {
  readonly settings: SearchSettings;
  readonly boosts: SourceBoosts;
  /** Prefixes of slugs that are never returned. */
  readonly excluded: readonly string[];
  /** Value of LAUTER_SEARCH_SALVAGE. */
  readonly salvage: string | undefined;
  /** Milliseconds since the Unix epoch, with a fraction where the clock has one; never going back. */
  readonly nowMs: () => number;
  readonly sha256: (text: string) => string;
  /** What makes vectors of queries; null when none is configured. ConfigError when it cannot be used at all. */
  embedder(): Promise<Embedder | null>;
  /** What orders passages anew; null when none is configured. */
  reranker(): Promise<Reranker | null>;
  /** What words queries anew; null when none is configured, or when it is left out. */
  expander?(): Promise<Expander | null>;
  /** What says what pages are about; null when none is configured, or when it is left out. */
  synopsizer?(): Promise<Synopsizer | null>;
  /** Answers that may be given again; none is when it is left out. */
  readonly answers?: AnswerCache | undefined;
  /** CollectionError for a collection that is not there or damaged. */
  open(collection: string): Promise<OpenCollection>;
  /** A collection in memory of exactly these pages, with vectors when there is an embedder that the intended searches ask. */
  gather(collection: string, pages: readonly SearchPage[], intended?: IntendedSearch): Promise<OpenCollection>;
  close(): Promise<void>;
}
