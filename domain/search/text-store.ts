import { GrowingNumbers } from './growing-numbers.ts';
import { decodeUtf8 } from './utf8.ts';

/** Texts by number, written one after the other as UTF-8. */
export class TextStoreBuilder {
  readonly #pieces: Uint8Array[] = [];
  readonly #starts = new GrowingNumbers();
  #size = 0;

  /** Takes a text in UTF-8. */
  add(bytes: Uint8Array): void {
    this.#starts.push(this.#size);
    this.#size += bytes.byteLength;
    if (this.#size >= 2 ** 32) throw new RangeError('the texts of one index are longer than 4 GiB');
    this.#pieces.push(bytes);
  }

  /** Where each text begins, and one number more for the end; then the texts. */
  finish(): { readonly starts: Uint32Array; readonly bytes: Uint8Array } {
    this.#starts.push(this.#size);
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.byteLength;
    }
    return { starts: this.#starts.values(), bytes };
  }
}

/** Reads what a TextStoreBuilder wrote; a text is decoded when it is asked for. */
export class TextStore {
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array;

  constructor(starts: Uint32Array, bytes: Uint8Array) {
    this.#starts = starts;
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#starts.length - 1;
  }

  bytesAt(number: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[number], this.#starts[number + 1]);
  }

  at(number: number): string {
    return decodeUtf8(this.bytesAt(number));
  }
}
