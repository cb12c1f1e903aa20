import { currentLexicon, type Lexicon } from './lexicon.ts';

/** Gives every term of an index a number, in the order in which terms appear. */
export class TermNumbers {
  readonly #lexicon: Lexicon = currentLexicon();
  /** Own number of a term by its number in the lexicon, plus one; 0 for one that this index does not have. */
  #own = new Uint32Array(1 << 14);
  readonly #terms: number[] = [];

  get size(): number {
    return this.#terms.length;
  }

  find(term: string): number | undefined {
    const known = this.#lexicon.find(term);
    const own = known === undefined ? 0 : (this.#own[known] ?? 0);
    return own === 0 ? undefined : own - 1;
  }

  /** All terms by their numbers as UTF-8, one behind the other; where each begins, and where the last ends. */
  store(): { readonly starts: Uint32Array; readonly bytes: Uint8Array } {
    return this.#lexicon.store(this.#terms);
  }

  /** The numbers of the terms of a text in UTF-8, in their order. */
  numbersOf(bytes: Uint8Array): number[] {
    const numbers = this.#lexicon.numbersOf(bytes);
    for (let at = 0; at < numbers.length; at += 1) numbers[at] = this.#ownNumber(numbers[at]!);
    return numbers;
  }

  #ownNumber(number: number): number {
    if (number >= this.#own.length) {
      const larger = new Uint32Array(Math.max(number + 1, this.#own.length * 2));
      larger.set(this.#own);
      this.#own = larger;
    }
    const own = this.#own[number]!;
    if (own > 0) return own - 1;
    this.#terms.push(number);
    this.#own[number] = this.#terms.length;
    return this.#terms.length - 1;
  }
}
