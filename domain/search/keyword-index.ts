import { bestRows } from './best-rows.ts';
import { Bm25 } from './bm25.ts';
import { PostingsBuilder } from './postings.ts';
import { queryTerms } from './query-terms.ts';
import { TermCounts } from './term-counts.ts';
import { TermNumbers } from './term-numbers.ts';
import { encodeUtf8 } from './utf8.ts';

/** A text that was found: its number, in the order in which texts were added, and its score. */
export interface Scored {
  readonly document: number;
  readonly score: number;
}

/** BM25 over texts in memory, any term matching. */
export class KeywordIndex {
  readonly #terms = new TermNumbers();
  readonly #bm25: Bm25;
  readonly #scores: Float64Array;
  readonly #order: Uint32Array;

  constructor(texts: readonly string[]) {
    const postings = new PostingsBuilder();
    const counts = new TermCounts();
    for (const text of texts) {
      const terms = this.#terms.numbersOf(encodeUtf8(text));
      for (const term of terms) counts.add(term);
      counts.flush((term, count) => postings.add(term, count));
      postings.endRow(terms.length);
    }
    this.#bm25 = new Bm25(postings.finish(this.#terms.size));
    this.#scores = new Float64Array(texts.length);
    this.#order = Uint32Array.from(texts.keys());
  }

  /** All texts that share a term with the query, best first; of equal ones, the one that was added first. */
  search(query: string): Scored[] {
    const scores = this.#scores.fill(0);
    this.#bm25.addScores(
      queryTerms(query, (term) => this.#terms.find(term)),
      scores,
    );
    return Array.from(bestRows(scores, scores.length, this.#order), (document) => ({ document, score: scores[document]! }));
  }
}
