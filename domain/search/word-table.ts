/** Bytes and words that a table begins with. */
const FIRST_WORDS = 1 << 12;

/** What {@link WordTable.find} gives for a word that nobody has kept. */
export const UNKNOWN_WORD = -2;

/**
 * Numbers of words of lower-case ASCII letters and digits, found by where they stand in a text: no string is cut out of it. Open addressing, at most half
 * full, with the characters of all words one after another. Twice as fast as a Map, whose keys must be made and hashed first.
 */
export class WordTable {
  /** Place of a word, plus one; 0 is an empty slot. */
  #slots = new Uint32Array(FIRST_WORDS * 2);
  #hashes = new Int32Array(FIRST_WORDS);
  #numbers = new Int32Array(FIRST_WORDS);
  #ends = new Uint32Array(FIRST_WORDS + 1);
  #characters = new Uint8Array(FIRST_WORDS * 8);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the word whose bytes stand at `from` to `to`, in whatever letter case. `hash`: the one that {@link hashNext} has come to. */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const last = this.#slots.length - 1;
    for (let slot = hash & last; this.#slots[slot] !== 0; slot = (slot + 1) & last) {
      const place = this.#slots[slot]! - 1;
      if (this.#hashes[place] === hash && this.#isAt(place, bytes, from, to)) return this.#numbers[place]!;
    }
    return UNKNOWN_WORD;
  }

  /** Keeps the number of a word that is not in the table. */
  keep(word: string, hash: number, number: number): void {
    if (this.#size === this.#numbers.length) this.#growWords();
    const from = this.#ends[this.#size]!;
    while (from + word.length > this.#characters.length) this.#characters = larger(this.#characters);
    for (let at = 0; at < word.length; at += 1) this.#characters[from + at] = word.charCodeAt(at);
    this.#hashes[this.#size] = hash;
    this.#numbers[this.#size] = number;
    this.#size += 1;
    this.#ends[this.#size] = from + word.length;
    this.#place(this.#size, hash);
  }

  #isAt(place: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#ends[place]!;
    if (this.#ends[place + 1]! - start !== to - from) return false;
    for (let at = from; at < to; at += 1) if (this.#characters[start + at - from] !== lowered(bytes[at]!)) return false;
    return true;
  }

  #place(numbered: number, hash: number): void {
    const last = this.#slots.length - 1;
    let slot = hash & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = numbered;
  }

  #growWords(): void {
    this.#hashes = larger(this.#hashes);
    this.#numbers = larger(this.#numbers);
    const ends = new Uint32Array(this.#numbers.length + 1);
    ends.set(this.#ends);
    this.#ends = ends;
    this.#slots = new Uint32Array(this.#numbers.length * 2);
    for (let place = 0; place < this.#size; place += 1) this.#place(place + 1, this.#hashes[place]!);
  }
}

/** What the hash of a word begins with. */
export const FIRST_HASH = 2_166_136_261 | 0;

/** FNV-1a, one character of a word further; signed, because larger numbers would each be an object. */
export function hashNext(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16_777_619);
}

/** The code of an ASCII letter in lower case; of any other letter or digit, its own. */
function lowered(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function larger<Numbers extends Uint8Array | Uint32Array | Int32Array>(values: Numbers): Numbers {
  const grown = new (values.constructor as new (length: number) => Numbers)(values.length * 2);
  grown.set(values);
  return grown;
}
