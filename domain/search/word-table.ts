/** Letters that a key holds: those of a longer word that come last, so that its other ones must be looked at. */
const KEY_LETTERS = 8;

/** Numbers of a slot: both halves of the key, the word's number, and its length, which is negative for the place of a long word; 0 is empty. */
const SLOT = 4;
const FIRST_SLOTS_LOG = 13;

/** What {@link WordTable.find} gives for a word that nobody has kept. */
export const UNKNOWN_WORD = -2;

/**
 * Numbers of words of lower-case ASCII letters and digits. A word is asked for by its last eight letters as two 32-bit numbers, the last letter in the
 * lowest byte: nearly every word is told by these alone, and no string is cut out of a text for it. Open addressing, at most half full.
 */
export class WordTable {
  #slots = new Int32Array(SLOT << FIRST_SLOTS_LOG);
  #log = FIRST_SLOTS_LOG;
  #size = 0;
  readonly #longWords: Uint8Array[] = [];

  get size(): number {
    return this.#size;
  }

  /** The number of the word whose bytes stand at `from` to `to`, in whatever letter case, and whose key is `high` and `low`. */
  find(bytes: Uint8Array, from: number, to: number, high: number, low: number): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    for (let at = this.#firstSlot(high, low); slots[at + 3] !== 0; at = (at + SLOT) & last) {
      if (slots[at] !== low || slots[at + 1] !== high) continue;
      const length = slots[at + 3]!;
      if (length > 0 ? length === to - from : isSameWord(this.#longWords[-length - 1]!, bytes, from, to)) return slots[at + 2]!;
    }
    return UNKNOWN_WORD;
  }

  /** Keeps the number of a word that is not in the table. */
  keep(word: string, high: number, low: number, number: number): void {
    if ((this.#size + 1) * 2 * SLOT > this.#slots.length) this.#grow();
    const isLong = word.length > KEY_LETTERS;
    if (isLong) this.#longWords.push(Uint8Array.from(word, (letter) => letter.charCodeAt(0)));
    this.#place(high, low, number, isLong ? -this.#longWords.length : word.length);
    this.#size += 1;
  }

  #firstSlot(high: number, low: number): number {
    return (Math.imul(Math.imul(high, 0x9e3779b1) ^ low, 0x85ebca6b) >>> (32 - this.#log)) * SLOT;
  }

  #place(high: number, low: number, number: number, length: number): void {
    const slots = this.#slots;
    let at = this.#firstSlot(high, low);
    while (slots[at + 3] !== 0) at = (at + SLOT) & (slots.length - 1);
    slots[at] = low;
    slots[at + 1] = high;
    slots[at + 2] = number;
    slots[at + 3] = length;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    this.#log += 1;
    for (let at = 0; at < before.length; at += SLOT)
      if (before[at + 3] !== 0) this.#place(before[at + 1]!, before[at]!, before[at + 2]!, before[at + 3]!);
  }
}

/** The letters of the key are known to be the same. */
function isSameWord(word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let at = from; at < to - KEY_LETTERS; at += 1) if (word[at - from] !== lowered(bytes[at]!)) return false;
  return true;
}

/** The code of an ASCII letter in lower case; of any other letter or digit, its own. */
function lowered(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
