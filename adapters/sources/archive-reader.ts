import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { SourceError } from '../../domain/shared/errors.ts';
import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import { readChunks, unzstd } from '../byte-chunks.ts';

/** A zip whose directory was read. */
export interface Archive {
  /** Names in the order of the directory. Of members with the same name the last one counts, as it does for whoever reads by name. */
  readonly names: readonly string[];
  /** The content of a member, or what is wrong with it. Never holds more than `maxBytes` of it. */
  read(name: string, maxBytes: number): Promise<Buffer | MemberFault>;
  close(): void;
}

export interface MemberFault {
  readonly fault: QuarantineReason;
  readonly detail: string;
}

/** True for the first bytes of a zip, an empty one included. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 0x03 && head[3] === 0x04) || (head[2] === 0x05 && head[3] === 0x06));
}

/** Opens a zip by its directory; members are unpacked when they are asked for. Throws SourceError when it is cut or damaged. */
export async function openArchive(path: string): Promise<Archive> {
  const { zip, entries } = await readDirectory(path);
  return {
    names: [...entries.keys()],
    read: async (name, maxBytes) => {
      const entry = entries.get(name);
      if (entry === undefined) return damaged('it is not there');
      try {
        return await readMember(path, zip, entry, maxBytes);
      } catch (error) {
        // Only what the operating system says has a system call; the rest is a decompressor's word on the bytes.
        if (!(error instanceof Error) || 'syscall' in error) throw error;
        return damaged(error.message);
      }
    },
    close: () => zip.close(),
  };
}

async function readDirectory(path: string): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  let zip: ZipFile | undefined;
  try {
    // Names stay bytes, and sizes are not compared here: one odd member would make the library refuse all of them.
    zip = await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) {
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      entries.delete(name);
      entries.set(name, entry);
    }
    return { zip, entries };
  } catch (error) {
    zip?.close();
    if (!(error instanceof Error) || 'syscall' in error) throw error;
    throw new SourceError(
      `reading ${path}: expected a whole zip archive, found one that is cut or damaged: ${error.message.replace(/\.$/, '')}.`,
      'Copy the file again, or leave it out, and run the same command again.',
      { file: path },
      error,
    );
  }
}

const STORED = 0;
const DEFLATED = 8;
const ZSTANDARD = 93;

async function readMember(path: string, zip: ZipFile, entry: Entry, maxBytes: number): Promise<Buffer | MemberFault> {
  if (entry.isEncrypted()) return damaged('it is encrypted');
  // What the directory says of the size is believed only where it is bad news.
  if (entry.uncompressedSize > maxBytes) return tooLarge(maxBytes, `${entry.uncompressedSize}`);
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = readChunks({ path, start, end: start + entry.compressedSize, compression: 'none' });
  const unpacked = unpack(packed, entry.compressionMethod);
  if (unpacked === undefined)
    return damaged(`it is packed by method ${entry.compressionMethod}, which is none of stored, deflate and zstd`);
  const pieces: Uint8Array[] = [];
  let [size, checksum] = [0, 0];
  for await (const piece of unpacked) {
    size += piece.length;
    if (size > maxBytes) return tooLarge(maxBytes, `more, although its directory says ${entry.uncompressedSize}`);
    checksum = crc32(piece, checksum);
    pieces.push(piece);
  }
  if (size !== entry.uncompressedSize) return damaged(`expected ${entry.uncompressedSize} bytes, found ${size}`);
  return checksum === entry.crc32 ? Buffer.concat(pieces) : damaged('its checksum does not fit its content');
}

function unpack(packed: AsyncIterable<Uint8Array>, method: number): AsyncIterable<Uint8Array> | undefined {
  if (method === STORED) return packed;
  if (method === ZSTANDARD) return unzstd(packed);
  // An error, or nobody reading on, ends both streams; the error comes out where the content is read.
  return method === DEFLATED ? pipeline(Readable.from(packed), createInflateRaw(), () => undefined) : undefined;
}

function tooLarge(maxBytes: number, found: string): MemberFault {
  return { fault: 'too_large', detail: `expected at most ${maxBytes} bytes, found ${found}` };
}

function damaged(how: string): MemberFault {
  return { fault: 'broken_json', detail: `the member of the archive cannot be unpacked: ${how}` };
}
