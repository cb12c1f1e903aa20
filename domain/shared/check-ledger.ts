import type { LedgerDamage } from '../../schemas/vocabulary.ts';
import { CHAIN_START, follows, isTornLine, readRow, type ChainEnd, type LedgerRow, type Sha256 } from './ledger-row.ts';

/** A line of a ledger's file. */
export interface LedgerLine {
  readonly text: string;
  /** False for a last line without its line feed. */
  readonly isEnded: boolean;
}

/** The lines from the first on, as often as they are asked for. */
export type LedgerLines = () => Iterable<LedgerLine> | AsyncIterable<LedgerLine>;

/** What is wrong with a ledger, where (lines count from 1), and what to do. */
export interface LedgerFault {
  readonly kind: LedgerDamage;
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

export interface LedgerCheck extends ChainEnd {
  /** True when a row that was being written when its process died follows the whole ones; the next append clears it away. */
  readonly isTorn: boolean;
  /** The first thing that is wrong; position and hash are those of the last row before it. */
  readonly fault: LedgerFault | undefined;
}

/**
 * Follows the chain from its first row to its last and on to what the head says, in constant memory. Rows beyond the head are no fault: a crash
 * between a row and its head leaves them. A head is written before the first row ever is, so rows without a head are a fault.
 */
export async function checkLedger(lines: LedgerLines, head: ChainEnd | undefined, sha256: Sha256): Promise<LedgerCheck> {
  let end = CHAIN_START;
  let isTorn = false;
  const ending = (fault?: LedgerFault): LedgerCheck => ({ seq: end.seq, row_hash: end.row_hash, isTorn, fault });
  for await (const { text, isEnded } of lines()) {
    const row = readRow(text, sha256);
    if (row === undefined && !isEnded && isTornLine(text)) {
      isTorn = true;
      break;
    }
    if (row === undefined || !follows(row, end)) return ending(await nameDamage(lines, end, sha256));
    if (row.seq === head?.seq && row.row_hash !== head.row_hash) return ending(otherHead(row, head));
    end = row;
  }
  if (head === undefined && end.seq > 0) return ending(noHead(end));
  if (head !== undefined && head.seq > end.seq) return ending(cutOff(head, end, isTorn));
  return ending();
}

/** Looks through the whole ledger once more, for what the first line that does not follow has to do with the others. */
async function nameDamage(lines: LedgerLines, end: ChainEnd, sha256: Sha256): Promise<LedgerFault> {
  const line = end.seq + 1;
  const bad = await rowAt(lines, line, sha256);
  let at = 0;
  let [twin, successor, predecessor]: (number | undefined)[] = [];
  for await (const { text } of lines()) {
    at += 1;
    const row = at === line ? undefined : readRow(text, sha256);
    if (row === undefined) continue;
    if (row.prev_hash === bad?.prev_hash) twin ??= at;
    if (row.prev_hash === end.row_hash) successor ??= at;
    if (row.row_hash === bad?.prev_hash) predecessor ??= at;
  }
  if (bad === undefined) {
    const found = 'a line that is no row, or whose hash is not that of its content';
    return successor === undefined
      ? fault('edit', line, `row ${line} as it was written`, found)
      : fault('insertion', line, `row ${line}, which stands on line ${successor}`, found);
  }
  if (twin !== undefined) return fault('fork', line, `one row behind ${bad.prev_hash}`, `two: on line ${twin} and on line ${line}`);
  if (successor !== undefined) {
    const expected = `row ${line}, which stands on line ${successor}`;
    return fault(predecessor === undefined ? 'insertion' : 'reorder', line, expected, `row ${bad.seq} behind ${bad.prev_hash}`);
  }
  if (bad.seq > line) return fault('removal', line, `row ${line}`, `row ${bad.seq}, and row ${line} nowhere`);
  return fault('edit', line, `row ${line} behind ${end.row_hash}`, `row ${bad.seq} behind ${bad.prev_hash}`);
}

async function rowAt(lines: LedgerLines, line: number, sha256: Sha256): Promise<LedgerRow | undefined> {
  let at = 0;
  for await (const { text } of lines()) {
    at += 1;
    if (at === line) return readRow(text, sha256);
  }
  return undefined;
}

function otherHead(row: LedgerRow, head: ChainEnd): LedgerFault {
  return fault('fork', row.seq, `the row that the head names, ${head.row_hash}`, `another one, ${row.row_hash}`);
}

function noHead(end: ChainEnd): LedgerFault {
  return fault('head', end.seq, 'a head file that names the last row', 'none that can be read');
}

function cutOff(head: ChainEnd, end: ChainEnd, isTorn: boolean): LedgerFault {
  const found = `${end.seq}${isTorn ? ' and the beginning of one' : ''}`;
  return fault('truncation', end.seq + 1, `${head.seq} rows, as the head says`, found);
}

function fault(kind: LedgerDamage, line: number, expected: string, found: string): LedgerFault {
  return { kind, line, expected, found, remedy: REMEDY };
}

const REMEDY = 'Put the ledger and its head file back from a copy; nothing is appended to it as it is.';
