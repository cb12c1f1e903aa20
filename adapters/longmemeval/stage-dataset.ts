import { createWriteStream, existsSync, mkdirSync, openSync, readSync, closeSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SourceError } from '../../domain/shared/errors.ts';
import { compressionOf, readChunks } from '../byte-chunks.ts';
import { translateDiskFull } from '../disk-full.ts';
import { temporaryName } from '../scratch.ts';

/** Path of a file from which any entry can be read at its place: the dataset itself or, where that is compressed, a copy at `unpacked`. */
export async function stageDataset(path: string, unpacked: string): Promise<string> {
  const sizeBytes = sizeOf(path);
  const compression = compressionOf(headOf(path));
  if (compression === 'none') return path;
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(dirname(unpacked), { recursive: true });
  const temporary = join(dirname(unpacked), temporaryName());
  try {
    await pipeline(Readable.from(readChunks({ path, start: 0, end: sizeBytes, compression })), createWriteStream(temporary));
    renameSync(temporary, unpacked);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw translateDiskFull(error, unpacked) ?? error;
  }
  return unpacked;
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return found.size;
  throw new SourceError(`reading the dataset ${path}: expected a file, found none.`, 'Name a file of LongMemEval.');
}

function headOf(path: string): Uint8Array {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}
