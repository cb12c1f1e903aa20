import { analyze, analyzeQuery } from './analyze.ts';

/** Constants of BM25: how soon a repeated word stops counting, and how much a long text is held against its words. */
const K1 = 0.9;
const B = 0.4;

/** A text that was found: its number, in the order in which texts were added, and its score. */
export interface Scored {
  readonly document: number;
  readonly score: number;
}

/**
 * BM25 over texts (Robertson and Zaragoza 2009, with k1 = 0.9 and b = 0.4), any term matching: idf = ln(1 + (N - n + 0.5) / (n + 0.5)), and a term
 * adds idf * f * (k1 + 1) / (f + k1 * (1 - b + b * length / mean length)). Postings lie in typed arrays, documents ascending.
 */
export class KeywordIndex {
  readonly #terms: ReadonlyMap<string, number>;
  /** Where the postings of each term begin; one more than there are terms. */
  readonly #starts: Uint32Array;
  readonly #documents: Uint32Array;
  readonly #counts: Uint32Array;
  /** k1 * (1 - b + b * length / mean length) of each document. */
  readonly #norms: Float64Array;

  constructor(texts: readonly string[]) {
    const frequencies = texts.map((text) => countTerms(analyze(text)));
    const terms = new Map<string, number>();
    const sizes: number[] = [];
    for (const counts of frequencies)
      for (const term of counts.keys()) {
        const number = terms.get(term) ?? terms.size;
        terms.set(term, number);
        sizes[number] = (sizes[number] ?? 0) + 1;
      }
    this.#terms = terms;
    this.#starts = startsOf(sizes);
    this.#documents = new Uint32Array(this.#starts.at(-1)!);
    this.#counts = new Uint32Array(this.#documents.length);
    const next = this.#starts.slice();
    for (const [document, counts] of frequencies.entries())
      for (const [term, count] of counts) {
        const at = next[terms.get(term)!]!++;
        this.#documents[at] = document;
        this.#counts[at] = count;
      }
    this.#norms = normsOf(frequencies.map((counts) => sum(counts.values())));
  }

  /** All texts that share a term with the query, best first; of equal ones, the one that was added first. */
  search(query: string): Scored[] {
    const scores = new Map<number, number>();
    for (const term of analyzeQuery(query)) {
      const number = this.#terms.get(term);
      if (number !== undefined) this.#addTerm(scores, number);
    }
    return [...scores]
      .map(([document, score]) => ({ document, score }))
      .sort((left, right) => right.score - left.score || left.document - right.document);
  }

  #addTerm(scores: Map<number, number>, term: number): void {
    const [from, to] = [this.#starts[term]!, this.#starts[term + 1]!];
    const found = to - from;
    const idf = Math.log(1 + (this.#norms.length - found + 0.5) / (found + 0.5));
    for (let at = from; at < to; at += 1) {
      const document = this.#documents[at]!;
      const count = this.#counts[at]!;
      scores.set(document, (scores.get(document) ?? 0) + (idf * count * (K1 + 1)) / (count + this.#norms[document]!));
    }
  }
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function startsOf(sizes: readonly number[]): Uint32Array {
  const starts = new Uint32Array(sizes.length + 1);
  for (const [term, size] of sizes.entries()) starts[term + 1] = starts[term]! + size;
  return starts;
}

function normsOf(lengths: readonly number[]): Float64Array {
  const mean = sum(lengths) / lengths.length;
  return Float64Array.from(lengths, (length) => K1 * (1 - B + (mean === 0 ? 0 : (B * length) / mean)));
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
