import { isUtf8 } from 'node:buffer';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { ArrayCutter } from './array-cutter.ts';

/** One entry of a dataset with its place, and the id of its question where it is the first field; or what is wrong with the file there. */
export type DatasetEntry = { readonly start: number; readonly end: number; readonly line: number } & (
  { readonly questionId: string | null } | { readonly fault: string }
);

/** Every question of a JSON array or of JSON lines, in order, with its place in the file. What breaks the file is the last that is handed over. */
export async function* scanDataset(path: string): AsyncIterable<DatasetEntry> {
  yield* firstSign(path) === '[' ? scanArray(path) : scanLines(path);
}

async function* scanArray(path: string): AsyncIterable<DatasetEntry> {
  const cutter = new ArrayCutter();
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    for (const { front, ...place } of cutter.feed(chunk)) yield { ...place, questionId: idAtFront(front) };
  }
  const fault = cutter.fault();
  if (fault !== undefined) yield { start: 0, end: 0, line: cutter.line, fault };
}

/** Nothing of a line is looked at but its beginning: a line is half a megabyte, and whoever asks the question reads it anyway. */
async function* scanLines(path: string): AsyncIterable<DatasetEntry> {
  let [line, start, at] = [1, 0, 0];
  let front = '';
  const entry = (end: number): DatasetEntry => ({ start, end, line, questionId: idAtFront(front) });
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let feed = chunk.indexOf(LINE_FEED); from < chunk.length; feed = chunk.indexOf(LINE_FEED, from)) {
      const to = feed === -1 ? chunk.length : feed;
      if (front.length < FRONT_BYTES) front += chunk.toString('latin1', from, Math.min(to, from + FRONT_BYTES));
      from = to + 1;
      if (feed === -1) break;
      if (front.trim() !== '') yield entry(at + feed);
      [line, start, front] = [line + 1, at + feed + 1, ''];
    }
    at += chunk.length;
  }
  if (front.trim() !== '') yield entry(at);
}

const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 10;
const FRONT_BYTES = 512;

/** The id where it is the first field, as in every file of LongMemEval; null where all of the question has to be read for it. */
function idAtFront(text: string): string | null {
  const [, quoted] = /^\s*\{\s*"question_id"\s*:\s*("[\x20\x21\x23-\x5b\x5d-\x7e]{1,200}")/.exec(text) ?? [];
  return quoted === undefined ? null : (JSON.parse(quoted) as string);
}

function firstSign(path: string): string {
  const head = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  try {
    const text = head.subarray(0, readSync(file, head)).toString('utf8');
    return text.replace(/^\uFEFF/, '').trimStart()[0] ?? '';
  } finally {
    closeSync(file);
  }
}

/** The value at a place of a file; undefined for what is not JSON in UTF-8. */
export function readQuestion(path: string, { start, end }: { readonly start: number; readonly end: number }): unknown {
  const bytes = Buffer.allocUnsafe(end - start);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < bytes.length;) {
      const read = readSync(file, bytes, done, bytes.length - done, start + done);
      if (read === 0) return undefined;
      done += read;
    }
    if (!isUtf8(bytes)) return undefined;
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    closeSync(file);
  }
}
