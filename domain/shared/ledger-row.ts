import { canonicalJson } from './canonical-json.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';

/**
 * A row of a ledger: fields of its own, its position from 1, the `row_hash` of the row before it (64 zeros for the first), and `row_hash`, the
 * sha256 of the canonical JSON of all the rest. It stands in its file as one line of canonical JSON.
 */
export interface LedgerRow {
  readonly [field: string]: JsonValue;
  readonly seq: number;
  readonly prev_hash: string;
  readonly row_hash: string;
}

/** Where a chain ends: position and hash of its last row. */
export type ChainEnd = Pick<LedgerRow, 'seq' | 'row_hash'>;

/** The end of a chain without rows. */
export const CHAIN_START: ChainEnd = { seq: 0, row_hash: '0'.repeat(64) };

/** sha256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** A row and the line it is written as. */
export interface SealedRow {
  readonly row: LedgerRow;
  readonly line: string;
}

/** Makes the row that follows `end`. RangeError for a body that would not come back from its line as it is. */
export function sealRow(body: JsonObject, end: ChainEnd, sha256: Sha256): SealedRow {
  const open = { ...body, seq: end.seq + 1, prev_hash: end.row_hash };
  const row: LedgerRow = { ...open, row_hash: sha256(canonicalJson(open)) };
  const line = canonicalJson(row);
  if (readRow(line, sha256) === undefined)
    throw new RangeError('a row of a ledger holds nothing but text, safe numbers, lists and objects');
  return { row, line };
}

/** The row in a line; undefined when the line is not exactly what a row is written as, or its hash is not that of its content. */
export function readRow(line: string, sha256: Sha256): LedgerRow | undefined {
  const value = parseLine(line);
  if (!isObject(value) || !isPosition(value.seq) || !isHash(value.prev_hash) || !isHash(value.row_hash)) return undefined;
  const { row_hash, ...open } = value;
  return canonicalJson(value) === line && sha256(canonicalJson(open)) === row_hash ? (value as unknown as LedgerRow) : undefined;
}

/** True when the row stands right behind `end`. */
export function follows(row: LedgerRow, end: ChainEnd): boolean {
  return row.seq === end.seq + 1 && row.prev_hash === end.row_hash;
}

/** True for the beginning of a row whose writing was cut off: no beginning of an object is JSON. */
export function isTornLine(line: string): boolean {
  return parseLine(line) === undefined;
}

function parseLine(line: string): JsonValue | undefined {
  try {
    return JSON.parse(line) as JsonValue;
  } catch {
    return undefined;
  }
}

function isPosition(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isHash(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
