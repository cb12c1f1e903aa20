import { createReadStream } from 'node:fs';

/** A line without its line feed, counted from 1. */
export interface FileLine {
  readonly line: number;
  readonly bytes: Uint8Array;
  /** True when it is longer than was asked for: `bytes` is then only its beginning, and nothing follows. */
  readonly isTooLong: boolean;
  /** True for a last line that no line feed ends. */
  readonly isOpen: boolean;
}

const LINE_FEED = 10;

/** Reads a file line by line and shows every piece of it to `look`; at most a line and a piece are held. */
export async function* readLinesOf(path: string, mostBytes: number, look: (piece: Uint8Array) => void): AsyncIterable<FileLine> {
  let line = 1;
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    const piece = chunk as Buffer;
    look(piece);
    let from = 0;
    for (let end = piece.indexOf(LINE_FEED); end !== -1 || from < piece.length; end = piece.indexOf(LINE_FEED, from)) {
      const part = piece.subarray(from, end === -1 ? piece.length : end);
      carried.push(part);
      carriedBytes += part.length;
      const isTooLong = carriedBytes > mostBytes;
      if (end === -1 && !isTooLong) break;
      yield { line, bytes: Buffer.concat(carried), isTooLong, isOpen: false };
      if (isTooLong) return;
      [line, carried, carriedBytes, from] = [line + 1, [], 0, end + 1];
    }
  }
  if (carriedBytes > 0) yield { line, bytes: Buffer.concat(carried), isTooLong: false, isOpen: true };
}
