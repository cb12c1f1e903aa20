/** A word longer than this, in UTF-16 units, is cut, never inside a code point. */
const LONGEST_WORD = 2_000;

/** How strongly a word is parted from the next one. `cut`: both are pieces of one word that was too long. */
export const BREAK = { word: 0, sentence: 1, paragraph: 2, cut: 3 } as const;
export type Break = (typeof BREAK)[keyof typeof BREAK];

/** Where the words of a text begin and end, and what follows each; three arrays of one length. */
export interface FoundWords {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly breaks: readonly Break[];
}

/** The words of a text, in one pass over it: everything between white space. The last word is followed by a paragraph's end. */
export function findWords(text: string): FoundWords {
  const starts: number[] = [];
  const ends: number[] = [];
  const breaks: Break[] = [];
  let at = skipSpace(text, 0).at;
  while (at < text.length) {
    const end = endOfWord(text, at);
    for (let cut = endOfPiece(text, at, end); cut < end; cut = endOfPiece(text, at, end)) {
      starts.push(at);
      ends.push(cut);
      breaks.push(BREAK.cut);
      at = cut;
    }
    const space = skipSpace(text, end);
    starts.push(at);
    ends.push(end);
    breaks.push(space.lines > 1 || space.at === text.length ? BREAK.paragraph : endsSentence(text, at, end) ? BREAK.sentence : BREAK.word);
    at = space.at;
  }
  return { starts, ends, breaks };
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
