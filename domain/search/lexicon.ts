import { termOf, wordsOf } from './analyze.ts';
import { hearPlainWords } from './plain-words.ts';
import { decodeUtf8 } from './utf8.ts';
import { UNKNOWN_WORD, WordTable } from './word-table.ts';

const TOO_COMMON = -1;

/** Words after which a new lexicon is begun, so that a process that sees many collections does not grow without end. */
const MOST_WORDS = 500_000;

let current: Lexicon | undefined;

/** The lexicon of this process. Its words are stemmed once, however many indexes they stand in: a benchmark builds hundreds of small ones of the same words. */
export function currentLexicon(): Lexicon {
  if (current === undefined || current.wordCount > MOST_WORDS) current = new Lexicon();
  return current;
}

/** Knows words by their terms, and terms by number. */
export class Lexicon {
  readonly #plainWords = new WordTable();
  readonly #otherWords = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  readonly #terms: string[] = [];

  get wordCount(): number {
    return this.#plainWords.size + this.#otherWords.size;
  }

  term(number: number): string {
    return this.#terms[number]!;
  }

  find(term: string): number | undefined {
    return this.#numbers.get(term);
  }

  /** The numbers of the terms of a text in UTF-8, in their order. */
  numbersOf(bytes: Uint8Array): number[] {
    const numbers: number[] = [];
    const isPlain = hearPlainWords(bytes, (from, to, hash) => {
      const number = this.#plainNumber(bytes, from, to, hash);
      if (number !== TOO_COMMON) numbers.push(number);
    });
    return isPlain ? numbers : this.#numbersOfOthers(decodeUtf8(bytes));
  }

  #plainNumber(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const known = this.#plainWords.find(bytes, from, to, hash);
    if (known !== UNKNOWN_WORD) return known;
    const word = decodeUtf8(bytes.subarray(from, to)).toLowerCase();
    const number = this.#number(word);
    this.#plainWords.keep(word, hash, number);
    return number;
  }

  #numbersOfOthers(text: string): number[] {
    const numbers: number[] = [];
    for (const word of wordsOf(text)) {
      const number = this.#otherWords.get(word) ?? this.#otherNumber(word);
      if (number !== TOO_COMMON) numbers.push(number);
    }
    return numbers;
  }

  #otherNumber(word: string): number {
    const number = this.#number(word);
    this.#otherWords.set(detached(word), number);
    return number;
  }

  #number(word: string): number {
    const term = termOf(word);
    if (term === undefined) return TOO_COMMON;
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const kept = detached(term);
    this.#numbers.set(kept, this.#terms.length);
    this.#terms.push(kept);
    return this.#terms.length - 1;
  }
}

/** The same text on its own: a piece of a longer one keeps all of that in memory. */
function detached(text: string): string {
  return [...text].join('');
}
