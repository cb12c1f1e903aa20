import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { SourceError } from '../domain/shared/errors.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

const CHUNK_BYTES = 1 << 20;

/** How a file is compressed, told by its first bytes. */
export function compressionOf(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return 'none';
}

/**
 * The bytes of a range of a file in chunks of about 1 MiB, decompressed. `onRaw` sees the bytes as they lie on disk.
 * Throws SourceError for an archive that is cut or damaged.
 */
export async function* readChunks(
  range: { readonly path: string; readonly start: number; readonly end: number; readonly compression: Compression },
  onRaw: (bytes: Uint8Array) => void = () => undefined,
): AsyncIterable<Uint8Array> {
  if (range.compression === 'none') {
    yield* readRaw(range, onRaw);
    return;
  }
  try {
    yield* range.compression === 'zstd' ? unzstd(readRaw(range, onRaw)) : gunzip(range, onRaw);
  } catch (error) {
    // Only what the operating system says has a system call; the rest is the decompressor's word on the bytes.
    if (!(error instanceof Error) || 'syscall' in error) throw error;
    throw new SourceError(
      `reading ${range.path}: expected a whole ${range.compression} archive, found ${error.message}.`,
      'Pack the file again, or leave it out, and run the same command again.',
      { file: range.path },
      error,
    );
  }
}

function* readRaw(
  range: { readonly path: string; readonly start: number; readonly end: number },
  onRaw: (bytes: Uint8Array) => void,
): Iterable<Uint8Array> {
  const file = openSync(range.path, 'r');
  try {
    for (let at = range.start; at < range.end;) {
      // A fresh buffer each time: rows of the chunk may still be held as views of it.
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, range.end - at));
      const read = readSync(file, buffer, 0, buffer.length, at);
      if (read === 0) return;
      at += read;
      const bytes = buffer.subarray(0, read);
      onRaw(bytes);
      yield bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** A packed byte may stand for 32 KiB. The library hands over all that a push comes to, so a push is kept small. */
const PUSH_BYTES = 1 << 10;

/** Unpacks zstd, several frames in a row too. Whoever stops reading stops the unpacking. */
export async function* unzstd(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => ready.push(chunk));
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += PUSH_BYTES) {
      stream.push(chunk.subarray(at, at + PUSH_BYTES));
      yield* ready;
      ready = [];
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* ready;
}

async function* gunzip(
  range: { readonly path: string; readonly start: number; readonly end: number },
  onRaw: (bytes: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  const input = createReadStream(range.path, { start: range.start, end: range.end - 1, highWaterMark: CHUNK_BYTES });
  input.on('data', (bytes) => onRaw(bytes as Uint8Array));
  const output = createGunzip({ chunkSize: CHUNK_BYTES });
  input.on('error', (error) => output.destroy(error));
  yield* input.pipe(output) as AsyncIterable<Uint8Array>;
}
