import { MOST_PAIRS, readPairs, type SignatureStore } from './signature-store.ts';

const MOST = 0xffff;

/** In how many different texts each pair of words stands. Pairs that share a counter are counted together: never too low, now and then too high. */
export class PairFrequencies {
  readonly #counters: Uint16Array;
  readonly #shift: number;

  /** Counts the pairs of the documents listed. */
  constructor(store: SignatureStore, documents: Uint32Array) {
    const bits = Math.min(26, Math.max(16, Math.ceil(Math.log2(2 * countPairs(store, documents) + 1))));
    this.#counters = new Uint16Array(2 ** bits);
    this.#shift = 32 - bits;
    for (const document of documents) this.#count(store, document);
  }

  /** Number of texts, at most 65,535. */
  of(pair: number): number {
    return this.#counters[pair >>> this.#shift]!;
  }

  #count(store: SignatureStore, document: number): void {
    const pairs = readPairs(store.at(document), room);
    for (let index = 0; index < pairs; index += 1) {
      const counter = room[index]! >>> this.#shift;
      if (this.#counters[counter]! < MOST) this.#counters[counter]! += 1;
    }
  }
}

const room = new Uint32Array(MOST_PAIRS);

function countPairs(store: SignatureStore, documents: Uint32Array): number {
  let pairs = 0;
  for (const document of documents) pairs += store.at(document).length;
  return pairs;
}
