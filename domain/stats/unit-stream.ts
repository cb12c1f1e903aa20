import { DISCARDED, stateOf } from './sfc32.ts';

/** Units 0 to n - 1 drawn with replacement, floor(u32 n / 2^32) each, from the stream that `seed` names. */
export class UnitStream {
  // sfc32 once more, with its state in fields and locals: a call for each draw takes several times as long, and draws are most of what a bootstrap does. The
  // typed array tells the engine that these are 32-bit numbers and not doubles.
  readonly #state: Int32Array;
  /** A division by a power of two loses nothing, so this is u32 x n / 2^32 to the last bit. */
  readonly #scale: number;

  constructor(seed: string, n: number) {
    this.#state = Int32Array.from(stateOf(seed));
    this.#scale = n / 0x1_0000_0000;
    this.draw(new Int32Array(DISCARDED));
  }

  /** Fills `units` with the next draws. */
  draw(units: Int32Array): void {
    const state = this.#state;
    const scale = this.#scale;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let counter = state[3]!;
    for (let drawn = 0; drawn < units.length; drawn += 1) {
      const output = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + output) | 0;
      units[drawn] = ((output >>> 0) * scale) | 0;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
  }
}

/** What the drawn units have, added up in their order. */
export function sumDrawn(values: Float64Array, units: Int32Array): number {
  let sum = 0;
  for (let drawn = 0; drawn < units.length; drawn += 1) sum += values[units[drawn]!]!;
  return sum;
}
