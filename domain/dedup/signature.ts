import { scanWords } from '../shared/words.ts';

/**
 * What is kept of a text, in 16-bit units: 0..3 its 64-bit print, 4..5 its number of words, then either a print of each word in order (up to
 * {@link WHOLE_WORDS} words: nothing is lost that comparing needs), or, of a longer text, the pairs of neighbouring words with the smallest hashes,
 * half as many as there are words and at most {@link MOST_SAMPLED}, 32 bits each, ascending. About 2 bytes a word, at most 1036 bytes.
 */
export type Signature = Uint16Array;

export const HEAD_UNITS = 6;
export const WHOLE_WORDS = 192;
export const MOST_SAMPLED = 256;

/** Bit of a word's print, and of a pair's hash, that says that there is a number in it. */
const NUMBER_PRINT = 0x8000;
const NUMBER_PAIR = 1;

/** What stands before the first word and behind the last. */
const EDGE = 0;

/** The signature of a text. The same on every machine and in every thread. */
export function signatureOf(text: string): Signature {
  const { words, numbers, count, printLow, printHigh } = scanWords(text);
  const isWhole = count <= WHOLE_WORDS;
  let pairs: Uint32Array | undefined;
  if (!isWhole) {
    if (room.length < count + 1) room = new Uint32Array(2 * count);
    let previous = EDGE;
    for (let index = 0; index < count; index += 1) {
      const print = printOf(words[index]!, numbers[index]!);
      room[index] = pairHash(previous, print);
      previous = print;
    }
    room[count] = pairHash(previous, EDGE);
    pairs = smallestOf(room.subarray(0, count + 1), Math.min(count >>> 1, MOST_SAMPLED));
  }
  const signature = new Uint16Array(HEAD_UNITS + (pairs === undefined ? count : 2 * pairs.length));
  writeWord(signature, 0, printLow);
  writeWord(signature, 2, printHigh);
  writeWord(signature, 4, count);
  if (pairs === undefined) {
    for (let index = 0; index < count; index += 1) signature[HEAD_UNITS + index] = printOf(words[index]!, numbers[index]!);
  } else {
    for (let index = 0; index < pairs.length; index += 1) writeWord(signature, HEAD_UNITS + 2 * index, pairs[index]!);
  }
  return signature;
}

let room = new Uint32Array(1 << 12);

/** The signature as bytes, for a file: little-endian units. */
export function signatureBytes(signature: Signature): Uint8Array {
  const bytes = new Uint8Array(signature.length * 2);
  for (let index = 0; index < signature.length; index += 1) {
    bytes[2 * index] = signature[index]! & 0xff;
    bytes[2 * index + 1] = signature[index]! >>> 8;
  }
  return bytes;
}

/** The signature from its bytes. Throws RangeError for bytes that cannot be one. */
export function signatureFromBytes(bytes: Uint8Array): Signature {
  if (bytes.length < 2 * HEAD_UNITS || bytes.length % 2 !== 0)
    throw new RangeError(
      `reading a signature: expected an even number of bytes, at least ${2 * HEAD_UNITS}, found ${bytes.length}. Compute the signatures again.`,
    );
  const signature = new Uint16Array(bytes.length / 2);
  for (let index = 0; index < signature.length; index += 1) signature[index] = bytes[2 * index]! | (bytes[2 * index + 1]! << 8);
  return signature;
}

/** Number of words of the text. */
export function wordsOf(signature: Signature): number {
  return readWord(signature, 4);
}

/** A 32-bit number at a unit. */
export function readWord(units: Uint16Array, at: number): number {
  return (units[at]! | (units[at + 1]! << 16)) >>> 0;
}

/**
 * Hash of two neighbouring words, from their prints: 32 bits, the lowest of them set when one of the two is a number. Of two texts that hold the
 * pair both give the same.
 */
export function pairHash(left: number, right: number): number {
  let mixed = (left << 16) | right;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  mixed ^= mixed >>> 16;
  return (((left | right) & NUMBER_PRINT) === 0 ? mixed & ~NUMBER_PAIR : mixed | NUMBER_PAIR) >>> 0;
}

/** True when one of the two words of a pair is a number. */
export function holdsNumber(pair: number): boolean {
  return (pair & NUMBER_PAIR) !== 0;
}

function printOf(word: number, isNumber: number): number {
  // 0 stands for the edge of the text.
  return (word & 0x7fff || 1) | (isNumber === 0 ? 0 : NUMBER_PRINT);
}

/** The smallest distinct values, ascending; sorts the values in place. */
export function smallestOf(values: Uint32Array, most: number): Uint32Array {
  values.sort();
  let kept = 0;
  for (let index = 0; index < values.length && kept < most; index += 1) {
    if (index > 0 && values[index] === values[index - 1]) continue;
    values[kept] = values[index]!;
    kept += 1;
  }
  return values.subarray(0, kept);
}

function writeWord(units: Uint16Array, at: number, word: number): void {
  units[at] = word & 0xffff;
  units[at + 1] = word >>> 16;
}
