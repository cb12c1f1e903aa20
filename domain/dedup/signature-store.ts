import { HEAD_UNITS, MOST_SAMPLED, pairHash, readWord, smallestOf, WHOLE_WORDS, wordsOf, type Signature } from './signature.ts';

const CHUNK_UNITS = 1 << 22;

/** Signatures one after the other in large pieces of memory; a document is known by the place at which it was added, from 0. */
export class SignatureStore {
  #chunks: Uint16Array[] = [];
  #used = CHUNK_UNITS;
  /** Chunk and place in it of each signature, and where it ends. */
  #places = new Uint32Array(3 * 1024);
  length = 0;

  /** Copies the signature and returns the document's index. */
  add(signature: Signature): number {
    if (this.#used + signature.length > CHUNK_UNITS) {
      this.#chunks.push(new Uint16Array(CHUNK_UNITS));
      this.#used = 0;
    }
    if (3 * this.length === this.#places.length) {
      const larger = new Uint32Array(2 * this.#places.length);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#chunks.at(-1)!.set(signature, this.#used);
    this.#places.set([this.#chunks.length - 1, this.#used, this.#used + signature.length], 3 * this.length);
    this.#used += signature.length;
    this.length += 1;
    return this.length - 1;
  }

  /** The signature of a document; a view, not a copy. */
  at(index: number): Signature {
    const place = 3 * index;
    return this.#chunks[this.#places[place]!]!.subarray(this.#places[place + 1], this.#places[place + 2]);
  }
}

/** True when the signature holds every word of its text. */
export function isWhole(signature: Signature): boolean {
  return wordsOf(signature) <= WHOLE_WORDS;
}

/** Writes the hashes of all pairs of neighbouring words that the signature holds, in the order of the text where it is known, and returns how many. */
export function readPairs(signature: Signature, into: Uint32Array): number {
  let count = 0;
  if (!isWhole(signature)) {
    for (let at = HEAD_UNITS; at < signature.length; at += 2) into[count++] = readWord(signature, at);
    return count;
  }
  let previous = 0;
  for (let at = HEAD_UNITS; at < signature.length; at += 1) {
    into[count++] = pairHash(previous, signature[at]!);
    previous = signature[at]!;
  }
  into[count++] = pairHash(previous, 0);
  return count;
}

/** Room for the pairs of any signature. */
export const MOST_PAIRS = Math.max(WHOLE_WORDS + 1, MOST_SAMPLED);

const room = new Uint32Array(MOST_PAIRS);

/** The smallest distinct pair hashes of a signature, ascending, at most `most`; valid until the next call. */
export function smallestPairs(signature: Signature, most: number): Uint32Array {
  return smallestOf(room.subarray(0, readPairs(signature, room)), most);
}
