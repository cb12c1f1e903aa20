/** A line of a run as it stands in its bytes: where query and document begin and end. Written over by the next line. */
export interface RunLine {
  queryFrom: number;
  queryTo: number;
  docFrom: number;
  docTo: number;
  docHash: number;
  score: number;
}

/** Digits that a whole number of a double holds for sure. */
const MOST_DIGITS = 15;
const POWERS = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/**
 * Reads a line of six columns of printable ASCII whose score is a plain decimal, as programs write them, without making a text of any of it. False for any
 * other line: it has to be read with more care.
 */
export function readPlainLine(bytes: Uint8Array, from: number, to: number, line: RunLine): boolean {
  if (bytes[from] === HASH_SIGN) return false;
  let at = endOfColumn(bytes, from, to);
  line.queryFrom = from;
  line.queryTo = at;
  at = endOfColumn(bytes, at + 1, to);
  at += 1;
  line.docFrom = at;
  let hash = FIRST_HASH;
  while (at < to && isSign(bytes[at]!)) hash = hashNext(hash, bytes[at++]!);
  line.docTo = at;
  line.docHash = hash;
  at = endOfColumn(bytes, at + 1, to);
  const afterScore = readScore(bytes, at + 1, to, line);
  if (afterScore < 0) return false;
  const end = endOfColumn(bytes, afterScore + 1, to);
  // An empty column is a second space, or the end of the line; what stands behind the tag may be anything.
  const isWhole = line.queryTo > from && line.docTo > line.docFrom && at > line.docTo + 1 && end > afterScore + 1;
  return (
    isWhole &&
    isSpace(bytes[line.queryTo]!) &&
    isSpace(bytes[line.docFrom - 1]!) &&
    isSpace(bytes[line.docTo]!) &&
    isSpace(bytes[at]!) &&
    isSpace(bytes[afterScore]!) &&
    endsHere(bytes, end, to)
  );
}

export const FIRST_HASH = 2_166_136_261 | 0;

/** FNV-1a, one byte further; signed. */
export function hashNext(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 16_777_619);
}

const HASH_SIGN = 35;
const SPACE = 32;
const TAB = 9;
const RETURN = 13;
const POINT = 46;
const MINUS = 45;

function isSign(byte: number): boolean {
  return byte > SPACE && byte < 127;
}

function endOfColumn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isSign(bytes[at]!)) at += 1;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function endsHere(bytes: Uint8Array, at: number, to: number): boolean {
  return at === to || (at === to - 1 && bytes[at] === RETURN);
}

/** Where the score ends; negative for one that is no plain decimal. */
function readScore(bytes: Uint8Array, from: number, to: number, line: RunLine): number {
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at += 1;
  let digits = 0;
  let decimals = -1;
  let number = 0;
  for (; at < to; at += 1) {
    const byte = bytes[at]!;
    if (byte >= 48 && byte <= 57) {
      number = number * 10 + byte - 48;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if (byte === POINT && decimals < 0) decimals = 0;
    else break;
  }
  if (digits === 0 || digits > MOST_DIGITS) return -1;
  // A quotient of two exact numbers is rounded once, as the text itself would be.
  const score = decimals > 0 ? number / POWERS[decimals]! : number;
  line.score = Math.fround(isNegative ? -score : score);
  return at;
}
