/**
 * One file of named pieces, each at an offset that is a multiple of eight, so that typed arrays lie over it as it is read: nothing is parsed. It
 * begins with a magic word and the number of pieces, then offset and length of each in bytes, in the order in which they were written.
 */
const MAGIC = 0x5549_584c;
const HEADER_WORDS = 4;

type Section = Uint8Array | Uint32Array;

/** The pieces of a file, to be written one after the other. `version` says what the sections are. */
export function writeSections(version: number, sections: readonly Section[]): Uint8Array[] {
  const header = new Uint32Array(HEADER_WORDS + sections.length * 4);
  header.set([MAGIC, version, sections.length]);
  const pieces = [bytesOf(header)];
  let offset = header.byteLength;
  for (const [place, section] of sections.entries()) {
    header.set([...wide(offset), ...wide(section.byteLength)], HEADER_WORDS + place * 4);
    const padding = (8 - (section.byteLength % 8)) % 8;
    pieces.push(bytesOf(section), new Uint8Array(padding));
    offset += section.byteLength + padding;
  }
  return pieces;
}

/** The sections of such a file, as views over its bytes; undefined when it is another file, of another version, or cut off. */
export function readSections(version: number, count: number, file: Uint8Array): Uint8Array[] | undefined {
  const bytes = file.byteOffset % 8 === 0 ? file : Uint8Array.from(file);
  const headerWords = HEADER_WORDS + count * 4;
  if (bytes.byteLength < headerWords * 4) return undefined;
  const header = wordsOf(bytes.subarray(0, headerWords * 4));
  if (header[0] !== MAGIC || header[1] !== version || header[2] !== count) return undefined;
  const sections: Uint8Array[] = [];
  for (let place = 0; place < count; place += 1) {
    const at = HEADER_WORDS + place * 4;
    const [offset, length] = [narrow(header, at), narrow(header, at + 2)];
    if (offset % 8 !== 0 || offset + length > bytes.byteLength) return undefined;
    sections.push(bytes.subarray(offset, offset + length));
  }
  return sections;
}

/** The same bytes as 32-bit numbers. They must begin at a multiple of four. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4));
}

function bytesOf({ buffer, byteOffset, byteLength }: Section): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A number up to 2^53 as two of 32 bits, the lower one first. */
function wide(value: number): [number, number] {
  return [value >>> 0, Math.floor(value / 2 ** 32)];
}

function narrow(words: Uint32Array, at: number): number {
  return words[at]! + words[at + 1]! * 2 ** 32;
}
