import { FIRST_HASH, hashNext, lowered } from './word-table.ts';

/** Hears of a word at `from` to `to` of the text, with the hash of its lower-case letters. */
export type HearWord = (from: number, to: number, hash: number) => void;

/**
 * Tells the words of a text of ASCII and the usual punctuation beyond it, one character after the other: what lies between letters and digits parts words.
 * False, and nothing more is told, where a character comes that must be normalised first.
 */
export function hearPlainWords(text: string, hear: HearWord): boolean {
  let from = -1;
  let hash = FIRST_HASH;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isWordCharacter(code)) {
      if (from < 0) from = at;
      hash = hashNext(hash, lowered(code));
      continue;
    }
    if (code > 0x7f && !isPlainSeparator(code, text, at)) return false;
    if (from < 0) continue;
    hear(from, at, hash);
    from = -1;
    hash = FIRST_HASH;
  }
  if (from >= 0) hear(from, text.length, hash);
  return true;
}

function isWordCharacter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 97 && lower <= 122 && code < 0x80) || (code >= 48 && code <= 57);
}

/**
 * True for what neither is a letter or digit nor becomes one when it is normalised: the no-break space, general punctuation, and the emoji from U+1F400
 * to U+1F7FF.
 */
function isPlainSeparator(code: number, text: string, at: number): boolean {
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x206f)) return true;
  if (code === 0xd83d) return isLowSurrogate(text.charCodeAt(at + 1));
  return isLowSurrogate(code) && text.charCodeAt(at - 1) === 0xd83d;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
