import type { Postings } from './postings.ts';

/** How soon a repeated term stops counting (k1), and how much a long row is held against its terms (b). */
export interface Bm25Constants {
  readonly k1: number;
  readonly b: number;
}

/** Those of the reference. */
const REFERENCE: Bm25Constants = { k1: 0.9, b: 0.4 };

/** A term of a query and how often it stands there. */
export interface QueryTerm {
  readonly term: number;
  readonly times: number;
}

/**
 * BM25 over the rows of a posting list (Robertson and Zaragoza 2009), any term matching: idf = ln(1 + (N - n + 0.5) / (n + 0.5)), and a term adds
 * idf * f * (k1 + 1) / (f + k1 * (1 - b + b * length / mean length)).
 */
export class Bm25 {
  readonly #postings: Postings;
  /** k1 * (1 - b + b * length / mean length) of each row. */
  readonly #norms: Float64Array;
  readonly #k1: number;

  constructor(postings: Postings, { k1, b }: Bm25Constants = REFERENCE) {
    this.#postings = postings;
    this.#k1 = k1;
    const { lengths } = postings;
    let total = 0;
    for (const length of lengths) total += length;
    const mean = total / lengths.length;
    this.#norms = Float64Array.from(lengths, (length) => k1 * (1 - b + (mean === 0 ? 0 : (b * length) / mean)));
  }

  /** Adds to `scores`, one place for each row, what each term is worth there. */
  addScores(terms: readonly QueryTerm[], scores: Float64Array): void {
    const { starts, rows, counts } = this.#postings;
    const norms = this.#norms;
    for (const { term, times } of terms) {
      const [from, to] = [starts[term]!, starts[term + 1]!];
      const found = to - from;
      const weight = times * Math.log(1 + (norms.length - found + 0.5) / (found + 0.5)) * (this.#k1 + 1);
      for (let at = from; at < to; at += 1) {
        const row = rows[at]!;
        const count = counts[at]!;
        scores[row]! += (weight * count) / (count + norms[row]!);
      }
    }
  }
}
