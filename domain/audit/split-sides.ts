import { SPLITS, type Split } from '../../schemas/vocabulary.ts';

const FIRST_SLOTS = 1024;
const DIGITS = 16;

/**
 * Remembers on which side of the split each key stands: the first 64 bits of its sha256 and the side, 9 bytes a slot, so that millions of texts fit
 * where the texts themselves would not.
 */
export class SplitSides {
  #high = new Uint32Array(FIRST_SLOTS);
  #low = new Uint32Array(FIRST_SLOTS);
  /** 0 for a free slot, else 1 + the number of the split. */
  #side = new Uint8Array(FIRST_SLOTS);
  #keys = 0;

  /** The other side that a key with this sha256 was seen on before, or undefined. */
  add(sha256: string, split: Split): Split | undefined {
    if (this.#keys * 2 >= this.#side.length) this.#grow();
    const [high, low] = [Number.parseInt(sha256.slice(0, 8), 16), Number.parseInt(sha256.slice(8, DIGITS), 16)];
    const slot = this.#slotOf(high, low);
    const side = 1 + SPLITS.indexOf(split);
    if (this.#side[slot] === 0) {
      this.#put(slot, high, low, side);
      this.#keys += 1;
    }
    return this.#side[slot] === side ? undefined : SPLITS[this.#side[slot]! - 1];
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#side.length - 1;
    let slot = low & mask;
    while (this.#side[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  #put(slot: number, high: number, low: number, side: number): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#side[slot] = side;
  }

  #grow(): void {
    const [high, low, side] = [this.#high, this.#low, this.#side];
    this.#high = new Uint32Array(side.length * 2);
    this.#low = new Uint32Array(side.length * 2);
    this.#side = new Uint8Array(side.length * 2);
    for (let slot = 0; slot < side.length; slot += 1) {
      if (side[slot] !== 0) this.#put(this.#slotOf(high[slot]!, low[slot]!), high[slot]!, low[slot]!, side[slot]!);
    }
  }
}
