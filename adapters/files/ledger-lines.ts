import { isUtf8 } from 'node:buffer';
import { createReadStream, existsSync } from 'node:fs';
import type { LedgerLine } from '../../domain/shared/check-ledger.ts';

/** A line and where the next one begins. */
export interface PlacedLine extends LedgerLine {
  readonly nextByte: number;
}

/** Bytes that a row may have. */
export const MAX_ROW_BYTES = 16 << 20;

/** Lines of a ledger from a byte on; none without a file. A line that is too long, or not UTF-8, is no row and comes as an empty one. */
export async function* ledgerLines(path: string, fromByte = 0): AsyncGenerator<PlacedLine> {
  if (!existsSync(path)) return;
  let begun: Buffer[] = [];
  let [begunBytes, nextByte] = [0, fromByte];
  const take = (isEnded: boolean): PlacedLine => {
    const bytes = Buffer.concat(begun);
    const isWhole = begunBytes <= MAX_ROW_BYTES && isUtf8(bytes);
    nextByte += begunBytes + Number(isEnded);
    [begun, begunBytes] = [[], 0];
    return { text: isWhole ? bytes.toString() : '', isEnded, nextByte };
  };
  const add = (piece: Buffer): void => {
    if (begunBytes <= MAX_ROW_BYTES) begun.push(piece);
    begunBytes += piece.length;
  };
  for await (const chunk of createReadStream(path, { start: fromByte }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      add(chunk.subarray(from, to));
      yield take(true);
      from = to + 1;
    }
    add(chunk.subarray(from));
  }
  if (begunBytes > 0) yield take(false);
}

const LINE_FEED = 10;
