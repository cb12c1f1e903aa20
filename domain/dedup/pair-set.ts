import type { PairFrequencies } from './frequencies.ts';
import type { Signature } from './signature.ts';
import { isWhole, MOST_PAIRS, readPairs } from './signature-store.ts';

const SLOTS = 1024;
const ALL = 0xffffffff;
/** Step from one appearance of a pair to the next: odd, so that no two of a text's appearances meet. */
const AGAIN = 0x9e3779b1;

/**
 * The word pairs of one signature at a time, in the order of the text where it is known. A pair that comes again is a member of its own, so that a text
 * is not like another one that says the same twice as often.
 */
export class PairSet {
  readonly #keys = new Uint32Array(SLOTS);
  readonly #stamps = new Uint32Array(SLOTS);
  #stamp = 0;
  readonly #texts = new Uint16Array(MOST_PAIRS);
  #hasTexts = false;
  readonly members = new Uint32Array(MOST_PAIRS);
  /** The pair that each member is. */
  readonly pairs = new Uint32Array(MOST_PAIRS);
  /** 1 for each member that the text it was compared with last has, too. */
  readonly isShared = new Uint8Array(MOST_PAIRS);
  size = 0;
  isWhole = true;
  /** Pairs up to this hash are all there; larger ones are not known. */
  limit = ALL;

  load(signature: Signature): void {
    this.#stamp += 1;
    this.#hasTexts = false;
    this.isWhole = isWhole(signature);
    this.size = readPairs(signature, this.pairs);
    for (let index = 0; index < this.size; index += 1) {
      let member = this.pairs[index]!;
      while (!this.#insert(member)) member = (member + AGAIN) >>> 0;
      this.members[index] = member;
    }
    this.limit = this.isWhole ? ALL : this.pairs[this.size - 1]!;
  }

  /** Marks the members up to a hash that the other text has, too, and returns how many there are. */
  markShared(other: PairSet, limit: number): number {
    let shared = 0;
    for (let index = 0; index < this.size; index += 1) {
      const isShared = this.pairs[index]! <= limit && other.#has(this.members[index]!) ? 1 : 0;
      this.isShared[index] = isShared;
      shared += isShared;
    }
    return shared;
  }

  /** How many members are pairs up to a hash. */
  countUpTo(limit: number): number {
    if (limit === ALL) return this.size;
    let count = 0;
    for (let index = 0; index < this.size; index += 1) if (this.pairs[index]! <= limit) count += 1;
    return count;
  }

  /** In how many texts each member stands; counted when it is first asked for. */
  countTexts(frequencies: PairFrequencies): Uint16Array {
    if (!this.#hasTexts) for (let index = 0; index < this.size; index += 1) this.#texts[index] = frequencies.of(this.pairs[index]!);
    this.#hasTexts = true;
    return this.#texts;
  }

  #has(member: number): boolean {
    for (let slot = member >>> 22; this.#stamps[slot] === this.#stamp; slot = (slot + 1) % SLOTS)
      if (this.#keys[slot] === member) return true;
    return false;
  }

  #insert(member: number): boolean {
    let slot = member >>> 22;
    for (; this.#stamps[slot] === this.#stamp; slot = (slot + 1) % SLOTS) if (this.#keys[slot] === member) return false;
    this.#stamps[slot] = this.#stamp;
    this.#keys[slot] = member;
    return true;
  }
}
