/** A word longer than this, in UTF-16 units, is cut, never inside a code point. */
const LONGEST_WORD = 2_000;

/** How strongly a word is parted from the next one. `cut`: both are pieces of one word that was too long. */
export const BREAK = { word: 0, sentence: 1, paragraph: 2, cut: 3 } as const;
export type Break = (typeof BREAK)[keyof typeof BREAK];

/** Where the words of a text begin and end, and what follows each; the first `count` numbers of each list. Valid until words are found again. */
export interface FoundWords {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly breaks: Uint8Array;
}

/** Lists that are written anew for every text: a collection has millions of words, and none is looked at twice. */
let starts = new Uint32Array(1 << 12);
let ends = new Uint32Array(1 << 12);
let breaks = new Uint8Array(1 << 12);

/** The words of a text, in one pass over it: everything between white space. The last word is followed by a paragraph's end. */
export function findWords(text: string): FoundWords {
  makeRoom(text.length);
  let count = 0;
  let at = skipSpace(text, 0).at;
  while (at < text.length) {
    const end = endOfWord(text, at);
    for (let cut = endOfPiece(text, at, end); cut < end; cut = endOfPiece(text, at, end)) {
      starts[count] = at;
      ends[count] = cut;
      breaks[count] = BREAK.cut;
      count += 1;
      at = cut;
    }
    const space = skipSpace(text, end);
    starts[count] = at;
    ends[count] = end;
    breaks[count] =
      space.lines > 1 || space.at === text.length ? BREAK.paragraph : endsSentence(text, at, end) ? BREAK.sentence : BREAK.word;
    count += 1;
    at = space.at;
  }
  return { count, starts, ends, breaks };
}

/** A word and the space behind it are two characters at least. */
function makeRoom(length: number): void {
  const most = (length >> 1) + 1;
  if (most <= starts.length) return;
  [starts, ends, breaks] = [new Uint32Array(most), new Uint32Array(most), new Uint8Array(most)];
}

function skipSpace(text: string, from: number): { at: number; lines: number } {
  let at = from;
  let lines = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isSpace(code)) break;
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) lines += 1;
  }
  return { at, lines };
}

function endOfWord(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && !isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function endOfPiece(text: string, from: number, end: number): number {
  const cut = from + LONGEST_WORD;
  if (cut >= end) return end;
  return isLowSurrogate(text.charCodeAt(cut)) && isHighSurrogate(text.charCodeAt(cut - 1)) ? cut - 1 : cut;
}

const SENTENCE_ENDS = codesOf('.!?…。！？');
const CLOSERS = codesOf('"\')]}”’»」』）');

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

function endsSentence(text: string, from: number, end: number): boolean {
  let at = end - 1;
  // Most words end in a letter: they are done without asking any set.
  if (isAsciiLetter(text.charCodeAt(at))) return false;
  while (at > from && CLOSERS.has(text.charCodeAt(at))) at -= 1;
  return SENTENCE_ENDS.has(text.charCodeAt(at));
}

function isAsciiLetter(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}

/** What `\s` of a regular expression matches. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
