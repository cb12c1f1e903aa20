import { utf8ToBytes } from '@noble/hashes/utils.js';
import { joinBytes } from './lay.ts';

/** The bytes as gzip that saves nothing: one stored block, at most 65,535 bytes. */
export function gzipOf(bytes: Uint8Array): Uint8Array {
  const header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
  const block = [1, ...littleEndian(bytes.length, 2), ...littleEndian(~bytes.length & 0xffff, 2)];
  return joinBytes([
    Uint8Array.from([...header, ...block]),
    bytes,
    Uint8Array.from([...littleEndian(crc32(bytes), 4), ...littleEndian(bytes.length, 4)]),
  ]);
}

/** A zip archive of stored members. */
export function zipOf(members: readonly { readonly name: string; readonly text: string }[]): Uint8Array {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const member of members) {
    const [name, content] = [utf8ToBytes(member.name), utf8ToBytes(member.text)];
    const size = littleEndian(content.length, 4);
    // Version, flags (names are UTF-8), method, time, the first day of 1980, checksum, both sizes, lengths of name and extra field.
    const fields = [
      20,
      0,
      0,
      8,
      0,
      0,
      0,
      0,
      0x21,
      0,
      ...littleEndian(crc32(content), 4),
      ...size,
      ...size,
      ...littleEndian(name.length, 2),
      0,
      0,
    ];
    locals.push(Uint8Array.from([0x50, 0x4b, 3, 4, ...fields]), name, content);
    directory.push(Uint8Array.from([0x50, 0x4b, 1, 2, 20, 0, ...fields, ...ZEROS, ...littleEndian(offset, 4)]), name);
    offset += 30 + name.length + content.length;
  }
  const entries = joinBytes(directory);
  const count = littleEndian(members.length, 2);
  const end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...count, ...count, ...littleEndian(entries.length, 4), ...littleEndian(offset, 4), 0, 0];
  return joinBytes([...locals, entries, Uint8Array.from(end)]);
}

/** Comment, disk number and attributes of a member. */
const ZEROS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function littleEndian(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 0xff);
}
