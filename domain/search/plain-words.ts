import { FIRST_HASH, hashNext } from './word-table.ts';

/** Hears of a word at `from` to `to` of the bytes, with the hash of its lower-case letters. */
export type HearWord = (from: number, to: number, hash: number) => void;

/** What a byte of UTF-8 is to a word: its own code in lower case for ASCII letters and digits, else one of these. */
const SEPARATOR = 0;
const BEYOND_ASCII = 1;
const MEANINGS = Uint8Array.from({ length: 256 }, (_, byte) => (byte > 0x7f ? BEYOND_ASCII : meaningOf(String.fromCharCode(byte))));

function meaningOf(character: string): number {
  return /[A-Za-z0-9]/.test(character) ? character.toLowerCase().charCodeAt(0) : SEPARATOR;
}

/**
 * Tells the words of a text in UTF-8 of ASCII and the usual punctuation beyond it, one byte after the other: what lies between letters and digits parts
 * words. False, and nothing more is told, where a character comes that must be normalised first.
 */
export function hearPlainWords(bytes: Uint8Array, hear: HearWord): boolean {
  let from = -1;
  let hash = FIRST_HASH;
  let at = 0;
  while (at < bytes.length) {
    const meaning = MEANINGS[bytes[at]!]!;
    if (meaning > BEYOND_ASCII) {
      if (from < 0) from = at;
      hash = hashNext(hash, meaning);
      at += 1;
      continue;
    }
    const length = meaning === SEPARATOR ? 1 : separatorLength(bytes, at);
    if (length === 0) return false;
    if (from >= 0) {
      hear(from, at, hash);
      from = -1;
      hash = FIRST_HASH;
    }
    at += length;
  }
  if (from >= 0) hear(from, bytes.length, hash);
  return true;
}

/**
 * Bytes of a character beyond ASCII that neither is a letter or digit nor becomes one when it is normalised: the no-break space, general punctuation
 * (U+2000 to U+206F), and the emoji from U+1F400 to U+1F7FF. 0 for any other.
 */
function separatorLength(bytes: Uint8Array, at: number): number {
  const [first, second, third] = [bytes[at], bytes[at + 1]!, bytes[at + 2]!];
  if (first === 0xc2) return second === 0xa0 ? 2 : 0;
  if (first === 0xe2) return second === 0x80 || (second === 0x81 && third <= 0xaf) ? 3 : 0;
  return first === 0xf0 && second === 0x9f && third >= 0x90 && third <= 0x9f ? 4 : 0;
}
