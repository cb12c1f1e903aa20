import { CHARACTER, characterTable } from './character-classes.ts';

// Taken out of their object once: the loop below asks for them at every character.
const { separator: SEPARATOR, letter: LETTER, digit: DIGIT, ideograph: IDEOGRAPH, invisible: INVISIBLE } = CHARACTER;
const { apostrophe: APOSTROPHE, hyphen: HYPHEN, softHyphen: SOFT_HYPHEN, sign: SIGN } = CHARACTER;

/** The words of a text as hashes, and what the text says as a whole. Owned by the scanner: valid until the next scan. */
export interface WordScan {
  /** One hash a word, in order; only the first `count` entries count. */
  words: Uint32Array;
  /** 1 where the word is a number. */
  numbers: Uint8Array;
  count: number;
  /** 64 bits over words and signs in two halves: equal for texts that differ in case, punctuation, white space and line breaks alone. */
  printLow: number;
  printHigh: number;
}

const FIRST_ROOM = 1 << 12;
const scan: WordScan = {
  words: new Uint32Array(FIRST_ROOM),
  numbers: new Uint8Array(FIRST_ROOM),
  count: 0,
  printLow: 0,
  printHigh: 0,
};

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const NEWLINE = 10;

/**
 * Cuts a text into words as a reader sees them: letter case, punctuation, Markdown, line breaks and indentation are not part of a word; an
 * apostrophe, a hyphen between letters (also at the end of a line) and invisible characters inside a word are skipped; a number keeps the signs
 * between its digits; an ideograph is a word by itself. One pass in one function, because every text of a run goes through it: 6 to 8 µs a KB.
 */
export function scanWords(text: string): WordScan {
  const isAscii = /^[\x00-\x7f]*$/.test(text);
  const source = isAscii ? text : text.normalize('NFKC');
  const { classes, lower } = characterTable(isAscii);
  const length = source.length;
  if (scan.words.length <= length) makeRoom(length + 1);
  const { words, numbers } = scan;
  let count = 0;
  let low = 0x2545f491;
  let high = 0x9e3779b9;
  for (let at = 0; at < length;) {
    let unit = source.charCodeAt(at);
    let kind = classes[unit]!;
    if (kind === LETTER || kind === DIGIT) {
      let hash = FNV_OFFSET;
      numbers[count] = kind === DIGIT ? 1 : 0;
      for (;;) {
        hash = Math.imul(hash ^ lower[unit]!, FNV_PRIME);
        const previous = kind;
        at += 1;
        if (at >= length) break;
        unit = source.charCodeAt(at);
        kind = classes[unit]!;
        if (kind === LETTER || kind === DIGIT) continue;
        const next = goOn(source, classes, at, kind, previous);
        if (next === -1) break;
        if (previous === DIGIT && kind !== INVISIBLE) hash = Math.imul(hash ^ unit, FNV_PRIME);
        at = next;
        unit = source.charCodeAt(at);
        kind = classes[unit]!;
      }
      hash = spread(hash);
      words[count] = hash;
      count += 1;
      low = Math.imul(low ^ hash, 0x85ebca6b) + 1;
      low = (low << 13) | (low >>> 19);
      high = Math.imul(high ^ hash, 0xc2b2ae35) + 1;
      high = (high << 17) | (high >>> 15);
      continue;
    }
    if (kind === IDEOGRAPH || kind === SIGN) {
      const hash = spread(Math.imul(FNV_OFFSET ^ lower[unit]!, FNV_PRIME));
      low = Math.imul(low ^ hash, 0x85ebca6b) + 1;
      low = (low << 13) | (low >>> 19);
      high = Math.imul(high ^ hash, 0xc2b2ae35) + 1;
      high = (high << 17) | (high >>> 15);
      if (kind === IDEOGRAPH) {
        words[count] = hash;
        numbers[count] = 0;
        count += 1;
      }
    } else if (unit === 92 && isEscapedSpace(source.charCodeAt(at + 1))) at += 1;
    at += 1;
  }
  scan.count = count;
  scan.printLow = spread(low ^ count);
  scan.printHigh = spread(high);
  return scan;
}

/** Where the word goes on behind a character that is neither letter nor digit; -1 where the word ends. */
function goOn(source: string, classes: Uint8Array, at: number, kind: number, previous: number): number {
  const after = at + 1 < source.length ? source.charCodeAt(at + 1) : 0;
  const follows = classes[after]!;
  if (kind === INVISIBLE) {
    let next = at + 1;
    while (next < source.length && classes[source.charCodeAt(next)] === INVISIBLE) next += 1;
    const last = next < source.length ? classes[source.charCodeAt(next)] : SEPARATOR;
    return last === LETTER || last === DIGIT ? next : -1;
  }
  if (previous === DIGIT) {
    const isInner = follows === DIGIT && '.,:/-'.includes(source[at]!);
    return isInner ? at + 1 : -1;
  }
  if (kind === APOSTROPHE) return follows === LETTER ? at + 1 : -1;
  return kind === HYPHEN || kind === SOFT_HYPHEN ? afterHyphen(source, classes, at) : -1;
}

/** The letter behind a hyphen, past white space and what quotes or comments begin a line with; -1 where none follows. */
function afterHyphen(source: string, classes: Uint8Array, at: number): number {
  let next = at + 1;
  let isNewLine = false;
  for (; next < source.length; next += 1) {
    const unit = source.charCodeAt(next);
    if (unit === NEWLINE) isNewLine = true;
    else if (!isSpace(unit) && !(isNewLine && '>#*/|'.includes(source[next]!))) break;
  }
  return next < source.length && classes[source.charCodeAt(next)] === LETTER ? next : -1;
}

function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0;
}

/** Tool arguments are JSON in a string: a backslash and an n there are a line break. */
function isEscapedSpace(unit: number): boolean {
  return unit === 110 || unit === 114 || unit === 116;
}

/** Murmur's finisher: every bit of the result depends on every bit of the hash. */
function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function makeRoom(words: number): void {
  const room = 2 ** Math.ceil(Math.log2(words + 1));
  scan.words = new Uint32Array(room);
  scan.numbers = new Uint8Array(room);
}
