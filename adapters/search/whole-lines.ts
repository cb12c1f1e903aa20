import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Whole lines of a file from the last to the first, without their ends; one block of the file is in memory. What a writer has not finished, or never
 * did, is passed over. A file that is not there has none.
 */
export function* linesBackwards(path: string): Generator<Buffer> {
  const file = openIfThere(path);
  if (file === undefined) return;
  try {
    // What follows the last line end is nobody's line.
    let isLine = false;
    let endings: Buffer[] = [];
    for (let end = fstatSync(file).size; end > 0; end -= Math.min(end, BLOCK_BYTES)) {
      const block = readBlock(file, Math.max(0, end - BLOCK_BYTES), end);
      let lineEnd = block.length;
      for (let at = lastLineFeed(block, lineEnd); at >= 0; at = lastLineFeed(block, at)) {
        if (isLine) yield Buffer.concat([block.subarray(at + 1, lineEnd), ...endings]);
        [isLine, endings, lineEnd] = [true, [], at];
      }
      endings.unshift(block.subarray(0, lineEnd));
    }
    if (isLine) yield Buffer.concat(endings);
  } finally {
    closeSync(file);
  }
}

/** Whole lines of a file in their order, each with the byte at which it begins. */
export function* linesForwards(path: string): Generator<{ readonly line: Buffer; readonly start: number }> {
  const file = openIfThere(path);
  if (file === undefined) return;
  try {
    const size = fstatSync(file).size;
    let rest = Buffer.alloc(0);
    for (let at = 0; at < size; at += BLOCK_BYTES) {
      const bytes = Buffer.concat([rest, readBlock(file, at, Math.min(size, at + BLOCK_BYTES))]);
      let begin = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, begin)) {
        yield { line: bytes.subarray(begin, end), start: at - rest.length + begin };
        begin = end + 1;
      }
      rest = bytes.subarray(begin);
    }
  } finally {
    closeSync(file);
  }
}

/** Bytes of a file up to the end of its last whole line. */
export function wholeBytes(path: string): number {
  const file = openIfThere(path);
  if (file === undefined) return 0;
  try {
    for (let end = fstatSync(file).size; end > 0; end -= Math.min(end, BLOCK_BYTES)) {
      const start = Math.max(0, end - BLOCK_BYTES);
      const at = readBlock(file, start, end).lastIndexOf(LINE_FEED);
      if (at >= 0) return start + at + 1;
    }
    return 0;
  } finally {
    closeSync(file);
  }
}

const BLOCK_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/** The last line end before a place; -1 when there is none. */
function lastLineFeed(block: Buffer, before: number): number {
  return before === 0 ? -1 : block.lastIndexOf(LINE_FEED, before - 1);
}

function readBlock(file: number, start: number, end: number): Buffer {
  const block = Buffer.alloc(end - start);
  let done = 0;
  for (let read = -1; done < block.length && read !== 0; done += read)
    read = readSync(file, block, done, block.length - done, start + done);
  return block.subarray(0, done);
}

/** Undefined for a file that is not there, or has just gone. */
function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
