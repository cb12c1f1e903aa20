import { termOf, wordsOf } from './analyze.ts';
import { hearPlainWords } from './plain-words.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
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
  /** The terms as UTF-8, one behind the other, and where each ends, after the 0 that the first begins at. */
  #bytes = new Uint8Array(1 << 16);
  #ends = new Uint32Array(1 << 13);
  #termCount = 0;

  get wordCount(): number {
    return this.#plainWords.size + this.#otherWords.size;
  }

  term(number: number): string {
    return decodeUtf8(this.#bytes.subarray(this.#ends[number], this.#ends[number + 1]));
  }

  find(term: string): number | undefined {
    return this.#numbers.get(term);
  }

  /** The terms with these numbers as UTF-8, one behind the other; where each begins, and where the last ends. */
  store(numbers: readonly number[]): { readonly starts: Uint32Array; readonly bytes: Uint8Array } {
    const [known, ends] = [this.#bytes, this.#ends];
    const starts = new Uint32Array(numbers.length + 1);
    for (let at = 0; at < numbers.length; at += 1) starts[at + 1] = starts[at]! + ends[numbers[at]! + 1]! - ends[numbers[at]!]!;
    const bytes = new Uint8Array(starts[numbers.length]!);
    let to = 0;
    // Terms have a few letters: copying these one by one takes a tenth of the time of a call for each term.
    for (let at = 0; at < numbers.length; at += 1)
      for (let from = ends[numbers[at]!]!; from < ends[numbers[at]! + 1]!; from += 1) bytes[to++] = known[from]!;
    return { starts, bytes };
  }

  /** The numbers of the terms of a text in UTF-8, in their order. */
  numbersOf(bytes: Uint8Array): number[] {
    const numbers: number[] = [];
    const isTold = hearPlainWords(
      bytes,
      (from, to, high, low) => {
        const number = this.#plainNumber(bytes, from, to, high, low);
        if (number !== TOO_COMMON) numbers.push(number);
      },
      (from, to) => this.#addOthers(decodeUtf8(bytes.subarray(from, to)), numbers),
    );
    if (isTold) return numbers;
    numbers.length = 0;
    this.#addOthers(decodeUtf8(bytes), numbers);
    return numbers;
  }

  #plainNumber(bytes: Uint8Array, from: number, to: number, high: number, low: number): number {
    const known = this.#plainWords.find(bytes, from, to, high, low);
    if (known !== UNKNOWN_WORD) return known;
    const word = decodeUtf8(bytes.subarray(from, to)).toLowerCase();
    const number = this.#number(word);
    this.#plainWords.keep(word, high, low, number);
    return number;
  }

  #addOthers(text: string, numbers: number[]): void {
    for (const word of wordsOf(text)) {
      const number = this.#otherWords.get(word) ?? this.#otherNumber(word);
      if (number !== TOO_COMMON) numbers.push(number);
    }
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
    this.#numbers.set(detached(term), this.#termCount);
    this.#keepBytes(encodeUtf8(term));
    return this.#termCount - 1;
  }

  #keepBytes(term: Uint8Array): void {
    const from = this.#ends[this.#termCount]!;
    while (from + term.length > this.#bytes.length) this.#bytes = doubled(this.#bytes);
    if (this.#termCount + 2 > this.#ends.length) this.#ends = doubled(this.#ends);
    this.#bytes.set(term, from);
    this.#termCount += 1;
    this.#ends[this.#termCount] = from + term.length;
  }
}

function doubled<Numbers extends Uint8Array | Uint32Array>(values: Numbers): Numbers {
  const larger = new (values.constructor as new (length: number) => Numbers)(values.length * 2);
  larger.set(values);
  return larger;
}

/** The same text on its own: a piece of a longer one keeps all of that in memory. */
function detached(text: string): string {
  return [...text].join('');
}
