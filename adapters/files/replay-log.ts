import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import { isObject } from '../../domain/shared/json.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import { syncFolder, writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { waitForLock } from '../lock-file.ts';
import { parseJson } from '../parse-json.ts';
import { ledgerLines, type PlacedLine } from './ledger-lines.ts';

/** The one file among the ledgers that is a log: it is rotated, so its rows are no chain. */
export const REPLAY_LOG = 'replay_runs.jsonl';

/** The log of replays and its lines; undefined where nothing was ever replayed. */
export function replayLog(workspace: string): { path: string; lines(): AsyncIterable<PlacedLine> } | undefined {
  const path = logPath(workspace);
  return existsSync(path) ? { path: `ledger/${REPLAY_LOG}`, lines: () => ledgerLines(path) } : undefined;
}

/** Bytes that the log has. */
export function replayLogBytes(workspace: string): number {
  return statSync(logPath(workspace), { throwIfNoEntry: false })?.size ?? 0;
}

/** Throws a WorkspaceError when the last line of the log is of a newer version: nothing is appended behind what nobody here can read. */
export function requireOwnReplayLog(workspace: string): void {
  if (!existsSync(logPath(workspace))) return;
  const file = openSync(logPath(workspace), 'r');
  try {
    requireOwn(lastLine(file).text, workspace);
  } finally {
    closeSync(file);
  }
}

/**
 * Appends a run, durably: it stands in the file when this resolves. One process writes at a time. A line that was cut off while it was written is
 * cleared away, one that only lacks its end gets it. WorkspaceError as above; when there is no room, a DiskFullError, and the file as it was.
 */
export function appendReplayRun(workspace: string, run: ReplayRun): Promise<void> {
  return whileLocked(workspace, async () => appendWhole(workspace, run));
}

/** The same, unless a run of its id stands behind that byte of the log already: however many attempts come to this at once, one of them writes. */
export function appendReplayRunOnce(workspace: string, run: ReplayRun, fromByte: number): Promise<void> {
  return whileLocked(workspace, async () => {
    if (!(await holds(logPath(workspace), run.run_id, fromByte))) appendWhole(workspace, run);
  });
}

async function whileLocked(workspace: string, work: () => Promise<void>): Promise<void> {
  const path = logPath(workspace);
  mkdirSync(dirname(path), { recursive: true });
  const lock = await waitForLock(`${path}.lock`, { version: '', giveUpAfterMs: LOCK_WAIT_MS });
  try {
    await work();
  } finally {
    lock.release();
  }
}

async function holds(path: string, runId: string, fromByte: number): Promise<boolean> {
  // A log that is shorter than it was has been rotated.
  const from = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) < fromByte ? 0 : fromByte;
  for await (const { text } of ledgerLines(path, from)) {
    // Nearly every line is that of another run, and need not be parsed.
    if (!text.includes(runId)) continue;
    const row = parseJson(text);
    if (isObject(row) && row.run_id === runId) return true;
  }
  return false;
}

function appendWhole(workspace: string, run: ReplayRun): void {
  const path = logPath(workspace);
  const isNew = !existsSync(path);
  const file = openSync(path, 'a+');
  try {
    append(file, run, workspace);
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(dirname(path));
}

const LOCK_WAIT_MS = 60_000;
const BLOCK_BYTES = 64 * 1_024;
const LINE_FEED = 10;

function append(file: number, run: ReplayRun, workspace: string): void {
  const { text, from, isEnded } = lastLine(file);
  requireOwn(text, workspace);
  const isWhole = isEnded || text === '' || parseJson(text) !== undefined;
  if (!isWhole) ftruncateSync(file, from);
  const before = fstatSync(file).size;
  try {
    writeWhole(file, Buffer.from(`${isWhole && !isEnded && text !== '' ? '\n' : ''}${JSON.stringify(run)}\n`));
    fsyncSync(file);
  } catch (error) {
    ftruncateSync(file, before);
    throw translateDiskFull(error, logPath(workspace)) ?? error;
  }
}

/** The last line, where it begins, and whether a line feed ends it; empty in an empty file. */
function lastLine(file: number): { readonly text: string; readonly from: number; readonly isEnded: boolean } {
  const { size } = fstatSync(file);
  const blocks: Buffer[] = [];
  let end = size;
  let isEnded = false;
  while (end > 0) {
    const from = Math.max(0, end - BLOCK_BYTES);
    const block = Buffer.alloc(end - from);
    readSync(file, block, 0, block.length, from);
    if (end === size) isEnded = block.at(-1) === LINE_FEED;
    const searched = end === size && isEnded ? block.length - 2 : block.length - 1;
    const feed = searched < 0 ? -1 : block.lastIndexOf(LINE_FEED, searched);
    blocks.unshift(block.subarray(feed + 1));
    end = from;
    if (feed >= 0) return { text: textOf(blocks, isEnded), from: from + feed + 1, isEnded };
  }
  return { text: textOf(blocks, isEnded), from: 0, isEnded };
}

function textOf(blocks: readonly Buffer[], isEnded: boolean): string {
  const text = Buffer.concat(blocks).toString('utf8');
  return isEnded ? text.slice(0, -1) : text;
}

function requireOwn(line: string, workspace: string): void {
  const row = line === '' ? undefined : parseJson(line);
  const schema = isObject(row) ? row.schema : undefined;
  const version = typeof schema === 'string' ? /^replay_run\/(\d+)$/.exec(schema)?.[1] : undefined;
  if (version === undefined || Number(version) <= 1) return;
  throw new WorkspaceError(
    `appending to the log of replays, on ${logPath(workspace)}: expected rows of replay_run/1, found replay_run/${version} of a newer version.`,
    'Use the version of Lauter that wrote it; the log is left as it is.',
  );
}

function logPath(workspace: string): string {
  return join(workspace, 'ledger', REPLAY_LOG);
}
