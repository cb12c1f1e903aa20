import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import { bestRows } from './best-rows.ts';
import type { QueryTerm } from './bm25.ts';
import type { Found, RankedPage } from './found.ts';
import { contentTerms, queryTerms } from './query-terms.ts';
import type { SearchIndex } from './search-index.ts';
import { bestChunk, spreadChunks } from './spread-chunks.ts';
import { indexStopWords, stopWordTerms, type StopWordIndex } from './stop-word-index.ts';

/** Which pages a search may show. */
export type IsAllowed = (page: number) => boolean;

/**
 * `bm25`: whole pages, title included; the reference. `fielded`: titles count twice, question words not at all, and a page also counts by its two best
 * passages. Which is better where stands in docs/design/0016.
 */
export type LexicalRanking = SearchKnobs['lexical'];

/** Part of a page's score that its passages make, and what the second-best one counts beside the best. */
const PASSAGE_PART = 0.4;
const SECOND_PASSAGE = 0.5;

/** Ranks the pages of an index by their words. Keeps room for scores, so one query follows the other. */
export class KeywordArm {
  readonly #index: SearchIndex;
  readonly #pageScores: Float64Array;
  readonly #chunkScores: Float64Array;
  /** Whether any page has a second chunk to choose from. */
  readonly #hasChoice: boolean;
  /** Made for the first query that needs it. */
  #stopWords: StopWordIndex | undefined;

  constructor(index: SearchIndex) {
    this.#index = index;
    this.#pageScores = new Float64Array(index.pageCount);
    this.#hasChoice = index.passages !== null;
    this.#chunkScores = new Float64Array(this.#hasChoice ? index.chunkCount : 0);
  }

  /** Pages best first; equal scores by key. */
  rankPages(query: string, limit: number, ranking: LexicalRanking, isAllowed: IsAllowed = () => true): RankedPage[] {
    const scores = this.#score(query, ranking);
    for (let taken = limit; ; taken *= 4) {
      const best = bestRows(scores, taken, this.#index.keyOrder);
      const pages = Array.from(best, (page) => ({ page, score: scores[page]! })).filter(({ page }) => isAllowed(page));
      // Few pages are not allowed; only when they took the places of others is there a second look.
      if (pages.length >= limit || best.length < taken) return pages.slice(0, limit);
    }
  }

  /** Chunks of the pages so ranked: the best of each page first, then the second-best of each, up to `limit`. */
  search(query: string, limit: number, ranking: LexicalRanking, isAllowed?: IsAllowed): Found[] {
    const pages = this.rankPages(query, limit, ranking, isAllowed);
    return spreadChunks(pages, { firstChunks: this.#index.firstChunks, chunkScores: this.#hasChoice ? this.#chunkScores : null, limit });
  }

  /** The chunk of a page that the last search thought best; its first one when no chunk has a word of the query. */
  bestChunk(page: number): number {
    return bestChunk(this.#index.firstChunks, this.#hasChoice ? this.#chunkScores : null, page);
  }

  #score(query: string, ranking: LexicalRanking): Float64Array {
    const stopWords = stopWordTerms(query);
    if (stopWords.length > 0) return this.#scorePages(stopWords, (this.#stopWords ??= indexStopWords(this.#index)));
    return ranking === 'bm25' ? this.#scorePages(queryTerms(query, this.#index.findTerm), this.#index) : this.#scoreFields(query);
  }

  #scorePages(terms: readonly QueryTerm[], { pages, chunks }: Pick<SearchIndex, 'pages' | 'chunks'>): Float64Array {
    const scores = this.#pageScores.fill(0);
    pages.addScores(terms, scores);
    if (this.#hasChoice) chunks.addScores(terms, this.#chunkScores.fill(0));
    return scores;
  }

  #scoreFields(query: string): Float64Array {
    const { weightedPages, passages, firstChunks } = this.#index;
    const terms = contentTerms(query, this.#index.findTerm);
    const scores = this.#pageScores.fill(0);
    weightedPages.addScores(terms, scores);
    if (passages === null) return scores;
    const chunks = this.#chunkScores.fill(0);
    passages.addScores(terms, chunks);
    for (let page = 0; page < scores.length; page += 1) {
      if (scores[page] === 0) continue;
      let [best, second] = [0, 0];
      for (let chunk = firstChunks[page]!; chunk < firstChunks[page + 1]!; chunk += 1) {
        const score = chunks[chunk]!;
        if (score > best) [best, second] = [score, best];
        else if (score > second) second = score;
      }
      scores[page] = (1 - PASSAGE_PART) * scores[page]! + PASSAGE_PART * (best + SECOND_PASSAGE * second);
    }
    return scores;
  }
}
