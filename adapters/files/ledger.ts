import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkLedger, type LedgerCheck, type LedgerFault } from '../../domain/shared/check-ledger.ts';
import { LakeCorruptError, UsageError } from '../../domain/shared/errors.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { CHAIN_START, follows, isTornLine, readRow, sealRow, type ChainEnd, type LedgerRow } from '../../domain/shared/ledger-row.ts';
import { ledgerHeadSchema, type LedgerHead } from '../../schemas/ledger-head.ts';
import { syncFolder, writeJsonAtomically, writeWhole } from '../atomic-write.ts';
import { sha256 } from '../digest.ts';
import { translateDiskFull } from '../disk-full.ts';
import { waitForLock } from '../lock-file.ts';
import { ledgerLines, MAX_ROW_BYTES, type PlacedLine } from './ledger-lines.ts';

/**
 * An append-only, hash-chained file of JSON lines, `<name>.jsonl`, with `<name>.head.json` beside it. Rows that were written whole are never
 * touched again. Every method that finds the chain broken throws LakeCorruptError with kind and line in its context, but `check` returns it.
 */
export interface Ledger {
  /**
   * Appends what `make` returns and returns it as it stands in the file, durably: the call comes back after fsync. Under the ledger's lock the
   * rows that are new to this object are checked and shown first, so `make` decides with all of them in view and no other process comes between.
   */
  append(make: () => readonly JsonObject[]): Promise<readonly LedgerRow[]>;
  /** Checks and shows the rows that are new to this object. */
  refresh(): Promise<void>;
  /** Checks every row from the first on, and the head. */
  check(): Promise<LedgerCheck>;
}

/** Opens the ledger in a file that need not be there yet. `see` is shown every row once, in order, the appended ones included. */
export function openLedger(path: string, see: (row: LedgerRow) => void = () => undefined): Ledger {
  let known: ChainEnd = CHAIN_START;
  let knownBytes = 0;

  /** Goes on from the last known row. False when what is there does not follow from it; the whole chain is then looked at. */
  async function follow(): Promise<boolean> {
    // Before the rows: what it names was whole by then, whoever is appending meanwhile.
    const head = readHead(path);
    if (sizeOf(path) < knownBytes) return false;
    let isHeadReached = head === undefined ? known.seq === 0 : head.seq < known.seq || head.row_hash === known.row_hash;
    for await (const { text, isEnded, nextByte } of ledgerLines(path, knownBytes)) {
      if (!isEnded) break;
      const row = readRow(text, sha256);
      if (row === undefined || !follows(row, known) || head === undefined) return false;
      if (row.seq === head.seq) isHeadReached = row.row_hash === head.row_hash;
      see(row);
      [known, knownBytes] = [row, nextByte];
    }
    return isHeadReached;
  }

  async function locked<Result>(work: () => Promise<Result>): Promise<Result> {
    mkdirSync(dirname(path), { recursive: true });
    const lock = await waitForLock(`${path}.lock`, { version: '', giveUpAfterMs: LOCK_WAIT_MS });
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  /** Under the lock: clears away what a process left that died while it was writing, and makes sure that all the rest holds. */
  async function settle(): Promise<void> {
    const hasFollowed = await follow();
    const rest = await firstOf(ledgerLines(path, knownBytes));
    if (rest?.isEnded === false) {
      const row = readRow(rest.text, sha256);
      if (row !== undefined && follows(row, known)) {
        changeFile(path, (file) => writeWhole(file, LINE_END));
        return settle();
      }
      if (hasFollowed && isTornLine(rest.text)) return changeFile(path, (file) => ftruncateSync(file, knownBytes));
    }
    if (!hasFollowed || rest !== undefined) throw brokenLedger(path, (await checkAll(path)).fault);
  }

  return {
    append: (make) =>
      locked(async () => {
        await settle();
        const sealed = sealRows(path, make(), known);
        const last = sealed.at(-1);
        if (last === undefined) return [];
        if (readHead(path) === undefined) writeHead(path, CHAIN_START);
        const bytes = Buffer.from(sealed.map(({ line }) => `${line}\n`).join(''));
        appendBytes(path, bytes, knownBytes);
        writeHead(path, last.row);
        [known, knownBytes] = [last.row, knownBytes + bytes.length];
        for (const { row } of sealed) see(row);
        return sealed.map(({ row }) => row);
      }),
    refresh: async () => {
      // Without the lock, somebody may be writing right now: what looks wrong is looked at again under it.
      if (!(await follow())) await locked(settle);
    },
    check: async () => {
      const check = await checkAll(path);
      return check.fault === undefined ? check : locked(() => checkAll(path));
    },
  };
}

const LOCK_WAIT_MS = 60_000;
const LINE_END = Buffer.from('\n');

function checkAll(path: string): Promise<LedgerCheck> {
  const head = readHead(path);
  return checkLedger(() => ledgerLines(path), head, sha256);
}

async function firstOf(lines: AsyncIterable<PlacedLine>): Promise<PlacedLine | undefined> {
  for await (const line of lines) return line;
  return undefined;
}

function sealRows(path: string, bodies: readonly JsonObject[], after: ChainEnd) {
  let end = after;
  return bodies.map((body) => {
    const sealed = sealRow(body, end, sha256);
    if (Buffer.byteLength(sealed.line) > MAX_ROW_BYTES) {
      throw new UsageError(
        `appending to the ledger ${path}: expected rows of at most ${MAX_ROW_BYTES} bytes, found a longer one.`,
        'Shorten it.',
      );
    }
    end = sealed.row;
    return sealed;
  });
}

/** Leaves the file as it was when there is no room for all of it. */
function appendBytes(path: string, bytes: Buffer, before: number): void {
  try {
    changeFile(path, (file) => writeWhole(file, bytes));
  } catch (error) {
    changeFile(path, (file) => ftruncateSync(file, before));
    throw translateDiskFull(error, path) ?? error;
  }
}

function changeFile(path: string, change: (file: number) => void): void {
  const isNew = !existsSync(path);
  const file = openSync(path, 'a');
  try {
    change(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(dirname(path));
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Undefined when there is none that can be read. */
function readHead(path: string): LedgerHead | undefined {
  try {
    return ledgerHeadSchema.safeParse(JSON.parse(readFileSync(headPath(path), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function writeHead(path: string, { seq, row_hash }: ChainEnd): void {
  const head: LedgerHead = { schema: 'ledger-head/1', seq, row_hash, count: seq };
  writeJsonAtomically(headPath(path), head);
}

function headPath(path: string): string {
  return path.replace(/(\.jsonl)?$/, '.head.json');
}

function brokenLedger(path: string, fault: LedgerFault | undefined): LakeCorruptError {
  const { kind, line, expected, found, remedy } = fault ?? REPLACED;
  return new LakeCorruptError(`reading the ledger ${path}, line ${line}: expected ${expected}, found ${found} (${kind}).`, remedy, {
    kind,
    line,
  });
}

/** The chain holds, but it is not the one that this object has read before. */
const REPLACED: LedgerFault = {
  kind: 'fork',
  line: 1,
  expected: 'the rows that were read before',
  found: 'another ledger in their place',
  remedy: 'Run the same command again.',
};
