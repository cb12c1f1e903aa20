import type { RagRow } from '../../schemas/export-rows.ts';
import type { ReplayRetriever } from '../../schemas/vocabulary.ts';
import { bestRows, Bm25, PostingsBuilder, TermCounts, type Postings } from '../search/index.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { tokensOf } from './tokens.ts';

/** What finds playbooks. */
export type PlaybookRetriever = Exclude<ReplayRetriever, 'none'>;

/** What finds them by their words alone, without any index that lasts. */
export type WordRetriever = Exclude<PlaybookRetriever, 'hybrid'>;

/** A row and how much it has in common with a task; above 0. */
export interface RankedPlaybook {
  readonly row: RagRow;
  readonly score: number;
}

/**
 * The words of playbooks, looked at once: which rows hold a word, and how often. Takes 8 bytes for each distinct word of a row and 20 for the row itself,
 * besides a table of all words; twice that while it is made.
 */
export class PlaybookIndex {
  readonly #rows: readonly RagRow[];
  /** Number of each word that any row holds. */
  readonly #terms = new Map<string, number>();
  readonly #postings: Postings;
  readonly #bm25: Bm25;
  /** Distinct words of each row. */
  readonly #widths: Uint32Array;
  /** Place of each row by id. */
  readonly #order: Uint32Array;

  constructor(rows: readonly RagRow[]) {
    this.#rows = rows;
    this.#widths = new Uint32Array(rows.length);
    this.#postings = this.#post();
    this.#bm25 = new Bm25(this.#postings);
    this.#order = orderById(rows);
  }

  /**
   * The rows most like a task, best first, equal ones by id; at most `topK`, and none that shares no word with it. `jaccard`: distinct words in common
   * over distinct words of both. `bm25`: the formula and constants of the search, each distinct word of the task once.
   */
  rank(task: string, { retriever, topK }: { readonly retriever: WordRetriever; readonly topK: number }): RankedPlaybook[] {
    const asked = new Set(tokensOf(task));
    const terms = [...asked].flatMap((token) => this.#terms.get(token) ?? []);
    const scores = retriever === 'jaccard' ? this.#scoreByJaccard(terms, asked.size) : this.#scoreByBm25(terms);
    return Array.from(bestRows(scores, topK, this.#order), (row) => ({ row: this.#rows[row]!, score: scores[row]! }));
  }

  #post(): Postings {
    const builder = new PostingsBuilder();
    const counts = new TermCounts();
    const known = new Map<string, string | null>();
    for (const [row, { content }] of this.#rows.entries()) {
      const tokens = tokensOf(content, known);
      for (const token of tokens) counts.add(this.#numberOf(token));
      counts.flush((term, count) => {
        builder.add(term, count);
        this.#widths[row]! += 1;
      });
      builder.endRow(tokens.length);
    }
    return builder.finish(this.#terms.size);
  }

  #numberOf(token: string): number {
    const known = this.#terms.get(token);
    if (known !== undefined) return known;
    this.#terms.set(token, this.#terms.size);
    return this.#terms.size - 1;
  }

  #scoreByJaccard(terms: readonly number[], askedCount: number): Float64Array {
    const { starts, rows } = this.#postings;
    const scores = new Float64Array(this.#rows.length);
    for (const term of terms) for (let at = starts[term]!; at < starts[term + 1]!; at += 1) scores[rows[at]!]! += 1;
    for (let row = 0; row < scores.length; row += 1) {
      const shared = scores[row]!;
      if (shared > 0) scores[row] = shared / (askedCount + this.#widths[row]! - shared);
    }
    return scores;
  }

  #scoreByBm25(terms: readonly number[]): Float64Array {
    const scores = new Float64Array(this.#rows.length);
    this.#bm25.addScores(
      terms.map((term) => ({ term, times: 1 })),
      scores,
    );
    return scores;
  }
}

/** True when a task and a text have a word in common, function words aside. */
export function sharesWord(task: string, text: string): boolean {
  const asked = new Set(tokensOf(task));
  return tokensOf(text).some((token) => asked.has(token));
}

function orderById(rows: readonly RagRow[]): Uint32Array {
  const sorted = Array.from(rows, ({ id }, place) => ({ id, place })).sort((left, right) => compareCodePoints(left.id, right.id));
  const order = new Uint32Array(rows.length);
  for (const [rank, { place }] of sorted.entries()) order[place] = rank;
  return order;
}
