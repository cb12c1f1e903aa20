import type { WordScan } from '../shared/words.ts';

const LOW_BASE = 0x01000193;
const HIGH_BASE = 0x8da6b343;

/** 64-bit hashes of the runs of words of a text, in two halves, by the place of their first word. Owned by whoever made it, valid until it is filled again. */
export class Grams {
  low = new Uint32Array(1 << 12);
  high = new Uint32Array(1 << 12);
  count = 0;

  /** Hashes every run of `length` words. Each hash follows from the one before it, so the cost is the same for any length. */
  fill({ words, count }: WordScan, length: number): this {
    this.count = Math.max(0, count - length + 1);
    if (this.low.length < this.count) {
      this.low = new Uint32Array(2 * this.count);
      this.high = new Uint32Array(2 * this.count);
    }
    const { low: lows, high: highs } = this;
    const [lowOut, highOut] = [power(LOW_BASE, length), power(HIGH_BASE, length)];
    let [low, high] = [0, 0];
    for (let at = 0; at < count; at += 1) {
      const word = words[at]!;
      low = (Math.imul(low, LOW_BASE) + word) | 0;
      high = (Math.imul(high, HIGH_BASE) + other(word)) | 0;
      const first = at - length;
      if (first >= 0) {
        const gone = words[first]!;
        low = (low - Math.imul(gone, lowOut)) | 0;
        high = (high - Math.imul(other(gone), highOut)) | 0;
      }
      if (first >= -1) {
        lows[first + 1] = spread(low);
        highs[first + 1] = high ^ low;
      }
    }
    return this;
  }
}

/** Hash of one run of words. */
export function gramAt({ words }: Pick<WordScan, 'words'>, at: number, length: number): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 0];
  for (let index = at; index < at + length; index += 1) {
    low = (Math.imul(low, LOW_BASE) + words[index]!) | 0;
    high = (Math.imul(high, HIGH_BASE) + other(words[index]!)) | 0;
  }
  return { low: spread(low), high: (high ^ low) >>> 0 };
}

/** A second hash of a word, so that the halves do not collide together. */
function other(word: number): number {
  return Math.imul(word ^ (word >>> 15), 0x2c1b3c6d) >>> 3;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let nth = 0; nth < exponent; nth += 1) result = Math.imul(result, base);
  return result;
}

function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
