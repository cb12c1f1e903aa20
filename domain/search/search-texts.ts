import { cosine } from '../shared/cosine.ts';
import { fuseRanks, RRF_K } from './fuse-ranks.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { KeywordIndex, type Scored } from './keyword-index.ts';

/** How many texts each arm brings to the fusion. */
export const CANDIDATE_POOL = 50;

/** Texts that can be searched by their words and by their vectors. */
export class SearchableTexts {
  readonly #keywords: KeywordIndex;
  readonly #vectors: readonly (ArrayLike<number> | null)[];

  /** `vectors[i]` belongs to `texts[i]`; null for a text that only its words can find. */
  constructor(texts: readonly string[], vectors: readonly (ArrayLike<number> | null)[]) {
    this.#keywords = new KeywordIndex(texts);
    this.#vectors = vectors;
  }

  /** The best `limit` texts. RangeError for a query without the vector its arms need: a search never changes its arms silently. */
  search({ text, vector }: { readonly text: string; readonly vector: ArrayLike<number> | null }, arms: BenchMode, limit: number): Scored[] {
    if (arms === 'lexical') return this.#keywords.search(text).slice(0, limit);
    if (vector === null) throw new RangeError(`a ${arms} search needs the vector of its query`);
    const pool = Math.max(CANDIDATE_POOL, limit);
    const near = this.#nearest(vector).slice(0, pool);
    if (arms === 'semantic') return near.slice(0, limit);
    return fuseRanks([this.#keywords.search(text).slice(0, pool), near], RRF_K).slice(0, limit);
  }

  #nearest(query: ArrayLike<number>): Scored[] {
    return this.#vectors
      .flatMap((vector, document) => (vector === null ? [] : [{ document, score: cosine(query, vector) }]))
      .sort((left, right) => right.score - left.score || left.document - right.document);
  }
}
