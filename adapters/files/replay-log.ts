import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import type { LedgerLine } from '../../domain/shared/check-ledger.ts';
import { isObject } from '../../domain/shared/json.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import { syncFolder, writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { waitForLock } from '../lock-file.ts';
import { parseJson } from '../parse-json.ts';
import { liveLogBytes, REPLAY_LOG, replaySegments, rotatedBytes } from '../replay-segments.ts';
import { ledgerLines } from './ledger-lines.ts';

/** The log of replays and its lines, the oldest part first: those that were rotated, packed or not yet, and the one that grows. */
export function replayLogs(workspace: string): { path: string; lines(): AsyncIterable<LedgerLine> }[] {
  const segments = replaySegments(workspace).map(({ file, path, isPacked }) => ({
    path: file,
    lines: () => (isPacked ? packedLines(path) : ledgerLines(path)),
  }));
  const live = logPath(workspace);
  return existsSync(live) ? [...segments, { path: REPLAY_LOG, lines: () => ledgerLines(live) }] : segments;
}

/** Bytes that were ever appended to the log, the rotated ones too. */
export function replayLogBytes(workspace: string): number {
  return rotatedBytes(workspace) + liveLogBytes(workspace);
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

/**
 * The same, unless a run of its id stands behind that byte of all that was ever appended: however many attempts come to this at once, and whatever
 * was rotated in between, one of them writes.
 */
export function appendReplayRunOnce(workspace: string, run: ReplayRun, fromByte: number): Promise<void> {
  return whileLocked(workspace, async () => {
    if (!(await isLogged(workspace, run.run_id, fromByte))) appendWhole(workspace, run);
  });
}

/** Does something to the log while nobody else writes to it; WorkspaceError when somebody does for longer than a minute. */
export async function whileLocked<Result>(workspace: string, work: () => Promise<Result>): Promise<Result> {
  const path = logPath(workspace);
  mkdirSync(dirname(path), { recursive: true });
  const lock = await waitForLock(`${path}.lock`, { version: '', giveUpAfterMs: LOCK_WAIT_MS });
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function isLogged(workspace: string, runId: string, fromByte: number): Promise<boolean> {
  // Less than there was: somebody took archives away, and what is left is no measure any more.
  const from = replayLogBytes(workspace) < fromByte ? 0 : fromByte;
  for (const { path, isPacked, from: begin, to } of replaySegments(workspace)) {
    if (to <= from) continue;
    if (isPacked ? await isArchived(path, runId) : await holds(path, runId, Math.max(0, from - begin))) return true;
  }
  return holds(logPath(workspace), runId, Math.max(0, from - rotatedBytes(workspace)));
}

async function isArchived(path: string, runId: string): Promise<boolean> {
  // DuckDB is loaded where there is an archive to look into, and not for every row.
  const { findArchived } = await import('../replay-archive.ts');
  return (await findArchived(path, runId)).some(({ text }) => isOf(text, runId));
}

async function* packedLines(path: string): AsyncIterable<LedgerLine> {
  const { archivedLines } = await import('../replay-archive.ts');
  for await (const lines of archivedLines(path)) for (const { text } of lines) yield { text, isEnded: true };
}

async function holds(path: string, runId: string, fromByte: number): Promise<boolean> {
  for await (const { text } of ledgerLines(path, fromByte)) if (isOf(text, runId)) return true;
  return false;
}

function isOf(text: string, runId: string): boolean {
  // Nearly every line is that of another run, and need not be parsed.
  if (!text.includes(runId)) return false;
  const row = parseJson(text);
  return isObject(row) && row.run_id === runId;
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
  return join(workspace, REPLAY_LOG);
}
