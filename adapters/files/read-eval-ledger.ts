import { existsSync } from 'node:fs';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { CollectionError, LakeCorruptError } from '../../domain/shared/errors.ts';
import { isObject, type JsonObject } from '../../domain/shared/json.ts';
import { evalReadRecordSchema, type EvalReadRecord } from '../../schemas/eval-record.ts';
import { sha256 } from '../digest.ts';
import { parseJson } from '../parse-json.ts';
import { ledgerLines } from './ledger-lines.ts';
import { openLedger } from './ledger.ts';

/** The records of a ledger of evaluations. */
export interface EvalLedger {
  readonly records: readonly EvalReadRecord[];
  /** Lines, from 1, that are no record: malformed, or cut off while they were written. */
  readonly malformed: readonly number[];
  /** False for a plain file of records, such as others write: its rows are not chained, so nobody can tell whether one was changed. */
  readonly isChained: boolean;
}

/**
 * Reads the records of a ledger. A chained one is checked from its first row to its last, and one that was edited, reordered or cut is refused with the
 * line and what differs (LakeCorruptError); a plain one loads as it is, its malformed lines counted. CollectionError when there is no such file. `name`
 * is how the file is told.
 */
export async function readEvalLedger(path: string, name: string): Promise<EvalLedger> {
  if (!existsSync(path)) {
    throw new CollectionError(
      `reading the ledger of evaluations, on ${name}: expected a file, found none.`,
      'Evaluate first, with `lauter eval run-all`, or name a ledger with --input FILE.',
      { flag: '--input', file: name },
    );
  }
  const lines = await readLines(path);
  const isChained = existsSync(headOf(path)) || lines.some(({ value }) => value !== undefined && CHAIN.some((field) => field in value));
  if (isChained) await requireWhole(path, name, lines);
  const read = lines.map(({ line, value }) => ({ line, record: evalReadRecordSchema.safeParse(value).data }));
  return {
    records: read.flatMap(({ record }) => (record === undefined ? [] : [record])),
    malformed: read.filter(({ record }) => record === undefined).map(({ line }) => line),
    isChained,
  };
}

/** Fields that only rows of a chain have. */
const CHAIN = ['row_hash', 'prev_hash'];

interface ReadLine {
  readonly line: number;
  /** Undefined where the line is no JSON object. */
  readonly value: JsonObject | undefined;
}

async function readLines(path: string): Promise<ReadLine[]> {
  const read: ReadLine[] = [];
  let [line, fromByte] = [0, 0];
  for await (const { text, isEnded, nextByte } of ledgerLines(path)) {
    line += 1;
    // What is too long, or not UTF-8, comes as an empty text, and yet was not nothing.
    const isBlank = text.trim() === '' && nextByte - fromByte - Number(isEnded) === text.length;
    const value = parseJson(text);
    if (!isBlank) read.push({ line, value: isObject(value) ? value : undefined });
    fromByte = nextByte;
  }
  return read;
}

async function requireWhole(path: string, name: string, lines: readonly ReadLine[]): Promise<void> {
  const { fault } = await openLedger(path).check();
  if (fault === undefined) return;
  const { kind, line, expected, found, remedy } = fault;
  const differs = tellDifference(lines.find((one) => one.line === line)?.value);
  throw new LakeCorruptError(
    `reading the ledger of evaluations, on ${name}:${line}: expected ${expected}, found ${found}${differs} (${kind}).`,
    remedy,
    { file: name, line, kind },
  );
}

/** A row that was edited still says what its content hashed to. */
function tellDifference(row: JsonObject | undefined): string {
  if (row === undefined || typeof row.row_hash !== 'string') return '';
  const { row_hash: stated, ...open } = row;
  const computed = sha256(canonicalJson(open));
  return computed === stated ? '' : `: row_hash says ${stated}, its content comes to ${computed}`;
}

function headOf(path: string): string {
  return path.replace(/(\.jsonl)?$/, '.head.json');
}
