import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Outputs that are thrown away before the first one counts: until then close seeds show. */
export const DISCARDED = 12;

/** State of the generator, 32 bits each. */
export type Sfc32State = readonly [a: number, b: number, c: number, counter: number];

/**
 * A stream of whole numbers in [0, 2^32) that a text names: the generator sfc32, started at `stateOf` the text, the first 12 outputs discarded. The
 * same on every machine; texts that differ give streams that have nothing in common.
 */
export function streamOf(text: string): () => number {
  const next = sfc32(...stateOf(text));
  for (let output = 0; output < DISCARDED; output += 1) next();
  return next;
}

/** Where the stream of a text starts: the first 128 bits of its sha256 as big-endian words. */
export function stateOf(text: string): Sfc32State {
  const digest = sha256(utf8ToBytes(text));
  const words = new DataView(digest.buffer, digest.byteOffset);
  return [words.getInt32(0), words.getInt32(4), words.getInt32(8), words.getInt32(12)];
}

/** Chris Doty-Humphrey's small fast counting generator (PractRand), 32 bits. */
export function sfc32(a: number, b: number, c: number, counter: number): () => number {
  return () => {
    const output = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + output) | 0;
    return output >>> 0;
  };
}
