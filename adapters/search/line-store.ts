import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { writeWhole } from '../atomic-write.ts';
import { readLines } from '../line-reader.ts';

/** Where a line lies in a file. */
export interface LinePlace {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** A file of lines, each of which can be read again by its place. Lines hold no line feed. */
export interface LineStore {
  append(line: string): LinePlace;
  read(place: LinePlace): string;
  /** All lines in order, with their places. */
  lines(): AsyncIterable<LinePlace & { readonly text: string }>;
  close(): void;
}

/** Bytes that are written at once. */
const BATCH_BYTES = 1 << 20;

/** Makes an empty file of lines. */
export function createLineStore(path: string): LineStore {
  return openStore(path, 'wx+');
}

/** Opens a file of lines to read them. */
export function openLineStore(path: string): LineStore {
  return openStore(path, 'r');
}

function openStore(path: string, flags: 'wx+' | 'r'): LineStore {
  const file = openSync(path, flags);
  let waiting: Buffer[] = [];
  let [waitingBytes, sizeBytes] = [0, 0];
  const flush = (): void => {
    writeWhole(file, Buffer.concat(waiting));
    [waiting, waitingBytes] = [[], 0];
  };
  return {
    append(line) {
      const bytes = Buffer.from(`${line}\n`);
      const place = { offset: sizeBytes, sizeBytes: bytes.length - 1 };
      waiting.push(bytes);
      sizeBytes += bytes.length;
      waitingBytes += bytes.length;
      if (waitingBytes >= BATCH_BYTES) flush();
      return place;
    },
    read(place) {
      if (waitingBytes > 0) flush();
      const bytes = Buffer.alloc(place.sizeBytes);
      readSync(file, bytes, 0, bytes.length, place.offset);
      return bytes.toString();
    },
    async *lines() {
      if (waitingBytes > 0) flush();
      let offset = 0;
      const read = readLines(createReadStream(path), { firstLine: 0, maxBytes: Number.MAX_SAFE_INTEGER, isLast: true });
      for await (const batch of read) {
        for (const line of batch) {
          const text = 'text' in line ? line.text : '';
          const sizeBytes = Buffer.byteLength(text);
          yield { text, offset, sizeBytes };
          offset += sizeBytes + 1;
        }
      }
    },
    close() {
      if (waitingBytes > 0) flush();
      closeSync(file);
    },
  };
}
