import type { TextStore } from './text-store.ts';
import { encodeUtf8 } from './utf8.ts';

/** Slots of a hash table from the texts of a store to their numbers, plus one; 0 is an empty slot. Half of them at least stay empty. */
export function hashTexts({ starts, bytes }: { readonly starts: Uint32Array; readonly bytes: Uint8Array }): Uint32Array {
  const count = starts.length - 1;
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(count, 1) * 2)));
  for (let number = 0; number < count; number += 1) {
    let slot = hash(bytes, starts[number]!, starts[number + 1]!) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = number + 1;
  }
  return slots;
}

/** Finds the number of a text in a store of different texts. */
export class TextNumbers {
  readonly #texts: TextStore;
  readonly #slots: Uint32Array;
  /** Those that were found: queries share their words. */
  readonly #found = new Map<string, number>();

  constructor(texts: TextStore, slots: Uint32Array) {
    this.#texts = texts;
    this.#slots = slots;
  }

  find(text: string): number | undefined {
    const known = this.#found.get(text);
    if (known !== undefined) return known;
    const bytes = encodeUtf8(text);
    const last = this.#slots.length - 1;
    // A table that came from a damaged file may have no empty slot.
    for (let looked = 0, slot = hash(bytes, 0, bytes.length) & last; looked <= last; looked += 1, slot = (slot + 1) & last) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) return undefined;
      if (!isSame(bytes, this.#texts.bytesAt(number))) continue;
      this.#found.set(text, number);
      return number;
    }
    return undefined;
  }
}

/** FNV-1a, 32 bits. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = 2_166_136_261;
  for (let at = from; at < to; at += 1) value = Math.imul(value ^ bytes[at]!, 16_777_619);
  return value >>> 0;
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
