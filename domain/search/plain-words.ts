/** Hears of a word at `from` to `to` of the bytes, with its last eight lower-case letters as two numbers, the last letter in the lowest byte of `low`. */
export type HearWord = (from: number, to: number, high: number, low: number) => void;

/** What a byte of UTF-8 is to a word: its own code in lower case for ASCII letters and digits, else one of these. */
const SEPARATOR = 0;
const BEYOND_ASCII = 1;
const MEANINGS = Uint8Array.from({ length: 256 }, (_, byte) => (byte > 0x7f ? BEYOND_ASCII : meaningOf(String.fromCharCode(byte))));

function meaningOf(character: string): number {
  return /[A-Za-z0-9]/.test(character) ? character.toLowerCase().charCodeAt(0) : SEPARATOR;
}

/** Hears of a stretch of text that has to be normalised before its words can be told; it may hold none, or several. */
export type HearStretch = (from: number, to: number) => void;

/**
 * Tells the words of a text in UTF-8, one byte after the other: what lies between ASCII letters and digits parts words. A stretch between ASCII signs
 * that holds a character which must be normalised first is handed over as it is; nothing of it depends on what lies around it. False where that is not
 * so, and then what was told until there does not count.
 */
export function hearPlainWords(bytes: Uint8Array, hear: HearWord, hearStretch: HearStretch): boolean {
  let from = -1;
  let high = 0;
  let low = 0;
  let at = 0;
  while (at < bytes.length) {
    const meaning = MEANINGS[bytes[at]!]!;
    if (meaning > BEYOND_ASCII) {
      if (from < 0) from = at;
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | meaning;
      at += 1;
      continue;
    }
    const length = meaning === SEPARATOR ? 1 : separatorLength(bytes, at);
    if (length === 0) {
      const to = endOfStretch(bytes, at);
      if (holdsSigma(bytes, at, to)) return false;
      hearStretch(from < 0 ? at : from, to);
      at = to;
    } else {
      if (from >= 0) hear(from, at, high, low);
      at += length;
    }
    from = -1;
    high = 0;
    low = 0;
  }
  if (from >= 0) hear(from, bytes.length, high, low);
  return true;
}

function endOfStretch(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && MEANINGS[bytes[at]!] !== SEPARATOR) at += 1;
  return at;
}

/** What the Greek capital sigma is in lower case depends on whether a word goes on behind it, which may be beyond an apostrophe. */
function holdsSigma(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at + 1 < to; at += 1) if (bytes[at] === 0xce && bytes[at + 1] === 0xa3) return true;
  return false;
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
