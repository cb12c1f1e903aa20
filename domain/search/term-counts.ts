/** Counts terms of one row after another, without a map for each. */
export class TermCounts {
  #counts = new Uint32Array(1024);
  readonly #counted: number[] = [];

  add(term: number, times = 1): void {
    if (term >= this.#counts.length) this.#grow(term);
    if (this.#counts[term] === 0) this.#counted.push(term);
    this.#counts[term]! += times;
  }

  /** Hands out the terms of the row in the order in which they came, and begins the next row. */
  flush(take: (term: number, count: number) => void): void {
    for (const term of this.#counted) {
      take(term, this.#counts[term]!);
      this.#counts[term] = 0;
    }
    this.#counted.length = 0;
  }

  #grow(term: number): void {
    const larger = new Uint32Array(Math.max(term + 1, this.#counts.length * 2));
    larger.set(this.#counts);
    this.#counts = larger;
  }
}
