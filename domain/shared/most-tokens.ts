import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The most tokens that texts can come to, however a model cuts them: one for each byte of UTF-8, because tokenizers that know nothing shorter fall back
 * to bytes (and some give each digit a token of its own), and room for what a server puts around each text. An upper bound to reserve by; a quarter of
 * the characters is the estimate.
 */
export function mostTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + utf8ToBytes(text).length + FRAME_TOKENS, 0);
}

/** Templates of chat models write a role, marks and sometimes a sentence of their own around a message. */
const FRAME_TOKENS = 64;
