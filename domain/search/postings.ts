import { GrowingNumbers } from './growing-numbers.ts';

/** Which rows (pages, or chunks) hold a term, how often, and how long each row is in terms. Rows ascend within a term. */
export interface Postings {
  /** Where the rows of each term begin; one more than there are terms. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly counts: Uint32Array;
  readonly lengths: Uint32Array;
}

/** Takes rows one after the other and turns them round: from terms of a row to rows of a term. */
export class PostingsBuilder {
  readonly #terms = new GrowingNumbers();
  readonly #counts = new GrowingNumbers();
  readonly #ends = new GrowingNumbers();
  readonly #lengths = new GrowingNumbers();

  /** A term of the row that is being written. */
  add(term: number, count: number): void {
    this.#terms.push(term);
    this.#counts.push(count);
  }

  endRow(length: number): void {
    this.#ends.push(this.#terms.length);
    this.#lengths.push(length);
  }

  finish(termCount: number): Postings {
    const [terms, given, ends] = [this.#terms.values(), this.#counts.values(), this.#ends.values()];
    const starts = new Uint32Array(termCount + 1);
    for (let at = 0; at < terms.length; at += 1) starts[terms[at]! + 1]! += 1;
    for (let term = 0; term < termCount; term += 1) starts[term + 1]! += starts[term]!;
    const next = starts.slice();
    const [rows, counts] = [new Uint32Array(terms.length), new Uint32Array(terms.length)];
    let at = 0;
    for (let row = 0; row < ends.length; row += 1)
      for (const end = ends[row]!; at < end; at += 1) {
        const place = next[terms[at]!]!++;
        rows[place] = row;
        counts[place] = given[at]!;
      }
    return { starts, rows, counts, lengths: this.#lengths.values().slice() };
  }
}
