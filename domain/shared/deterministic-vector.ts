import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Length of the vectors of the deterministic embedder. */
export const DETERMINISTIC_DIMENSIONS = 1_536;

const FIRST_PLACE = 100;
const PLACES = 1_000;

/**
 * The vector of a text that knows nothing of its meaning: 1 at the place `100 + fnv1a32(text) mod 1000`, 0 elsewhere. A fixture may state the place
 * itself as `embeddingDim`, which is taken modulo 1536.
 */
export function deterministicVector(text: string, embeddingDim?: number): Float32Array {
  const vector = new Float32Array(DETERMINISTIC_DIMENSIONS);
  vector[embeddingDim === undefined ? FIRST_PLACE + (fnv1a32(text) % PLACES) : embeddingDim % DETERMINISTIC_DIMENSIONS] = 1;
  return vector;
}

/** FNV-1a of 32 bits over the UTF-8 bytes of a text (offset 2166136261, prime 16777619), as a number in [0, 2^32). */
export function fnv1a32(text: string): number {
  let hash = 2_166_136_261;
  for (const byte of utf8ToBytes(text)) hash = Math.imul(hash ^ byte, 16_777_619);
  return hash >>> 0;
}
