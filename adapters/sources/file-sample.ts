import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { gunzipSync, constants } from 'node:zlib';
import { Decompress } from 'fzstd';
import { SourceError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { archiveHeader, sampleMembers } from './archive-log.ts';
import { isZip, openArchive } from './archive-reader.ts';
import { compressionOf, type Compression } from '../byte-chunks.ts';
import { readElements, type Element } from '../element-reader.ts';
import type { ParquetFacts } from '../replay-archive.ts';
import type { FileSample } from './source-adapter.ts';

const HEAD_BYTES = 256 << 10;
const MAX_SAMPLE_LINES = 20;
/** An element larger than this is not needed to tell a format. */
const MAX_ELEMENT_BYTES = 8 << 20;

/** The beginning of a file as detection sees it, and how the file is compressed. */
export async function sampleFile(path: string, name: string): Promise<{ sample: FileSample; compression: Compression }> {
  const sizeBytes = statSync(path).size;
  const raw = readHead(path, HEAD_BYTES);
  if (isZip(raw))
    return { sample: { ...(await sampleOf(name, new Uint8Array(0), false)), archive: await sampleArchive(path) }, compression: 'none' };
  if (isParquet(raw))
    return { sample: { ...(await sampleOf(name, new Uint8Array(0), false)), parquet: await sampleParquet(path) }, compression: 'none' };
  const compression = compressionOf(raw);
  const bytes = compression === 'none' ? raw : decompressHead(raw, compression);
  const isComplete = compression === 'none' ? raw.length === sizeBytes : raw.length === sizeBytes && bytes.length < HEAD_BYTES;
  const sample = await sampleOf(name, bytes, isComplete);
  const firstElement =
    sample.firstElement ?? (compression === 'none' ? await firstElementOf(readHead(path, MAX_ELEMENT_BYTES)) : undefined);
  return { sample: { ...sample, firstElement }, compression };
}

async function sampleArchive(path: string): Promise<NonNullable<FileSample['archive']>> {
  try {
    const archive = await openArchive(path);
    try {
      const header = await archiveHeader(archive, MAX_ELEMENT_BYTES);
      return { members: archive.names.length, samples: sampleMembers(archive).length, header };
    } finally {
      archive.close();
    }
  } catch (error) {
    if (error instanceof SourceError && error.cause instanceof Error) return { fault: error.cause.message.replace(/\.$/, '') };
    throw error;
  }
}

/** True for the first bytes of Parquet. */
export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1';
}

async function sampleParquet(path: string): Promise<ParquetFacts> {
  // The database is loaded for those few who have such a file.
  return (await import('../replay-archive.ts')).describeParquet(path);
}

/** A sample from bytes in hand. */
export async function sampleOf(path: string, bytes: Uint8Array, complete: boolean): Promise<FileSample> {
  const head = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const { lines, leadingNoise } = sampleLines(head, complete);
  return {
    path,
    head,
    complete,
    lines,
    leadingNoise,
    document: complete ? parsed(head) : undefined,
    firstElement: await firstElementOf(bytes),
  };
}

function sampleLines(head: string, complete: boolean): { lines: JsonValue[]; leadingNoise: number } {
  const texts = head.split('\n');
  if (!complete) texts.pop();
  const lines: JsonValue[] = [];
  let leadingNoise = 0;
  for (const text of texts) {
    if (text.trim() === '') continue;
    const value = /^\s*[{[]/.test(text) ? parsed(text) : undefined;
    if (value !== undefined) lines.push(value);
    else if (lines.length === 0) leadingNoise += 1;
    if (lines.length === MAX_SAMPLE_LINES) break;
  }
  return { lines, leadingNoise };
}

async function firstElementOf(bytes: Uint8Array): Promise<FileSample['firstElement']> {
  const container = /^(?:\ufeff)?\s*([[{])/.exec(Buffer.from(bytes.subarray(0, 4096)).toString('utf8'))?.[1];
  if (container === undefined) return undefined;
  const first = await firstOf(readElements(once(bytes), { maxBytes: MAX_ELEMENT_BYTES }));
  const value = first !== undefined && 'text' in first ? parsed(first.text) : undefined;
  return first === undefined || value === undefined
    ? undefined
    : { container: container === '[' ? 'array' : 'object', key: first.key, value };
}

async function firstOf(batches: AsyncIterable<Element[]>): Promise<Element | undefined> {
  for await (const batch of batches) return batch[0];
  return undefined;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function readHead(path: string, sizeBytes: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(sizeBytes);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < sizeBytes; filled += read) read = readSync(file, buffer, filled, sizeBytes - filled, filled);
    return buffer.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

function decompressHead(raw: Buffer, compression: Exclude<Compression, 'none'>): Uint8Array {
  const pieces: Uint8Array[] = [];
  try {
    // The head of an archive ends in the middle of a block: what could be read so far is what counts.
    if (compression === 'gzip') return gunzipSync(raw, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD_BYTES);
    new Decompress((piece) => pieces.push(piece)).push(raw);
  } catch {
    // What came out before the break is still a sample.
  }
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
}
