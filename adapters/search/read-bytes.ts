import { closeSync, openSync, readSync } from 'node:fs';

const PIECE_BYTES = 1 << 28;

/** A file of a known size in memory of its own, which may be more than the 2 GiB that are read at once. A shorter file leaves zeros at the end. */
export function readBytes(path: string, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < sizeBytes;) {
      const read = readSync(file, bytes, at, Math.min(PIECE_BYTES, sizeBytes - at), at);
      if (read === 0) break;
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
