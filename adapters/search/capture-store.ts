import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CaptureLog } from '../../activities/search-ports.ts';
import type { CapturedRow, NewCapturedRow } from '../../schemas/captured-row.ts';
import { nowMs } from '../clock.ts';
import { waitForLock } from '../lock-file.ts';
import { appendCaptured } from './append-captured.ts';
import { appendCaptureFailure } from './capture-failures.ts';
import { captureFolder, PRIVATE } from './capture-places.ts';
import { listSegments } from './capture-segments.ts';
import { readCapturedLine, readPlace } from './captured-line.ts';
import { countCapturedBefore, pruneCaptured } from './prune-captured.ts';
import { linesBackwards } from './whole-lines.ts';

/** Which rows are asked for. */
export interface CaptureFilter {
  /** Captured at this moment or later, in milliseconds since the Unix epoch. */
  readonly sinceMs?: number | undefined;
  readonly tool?: CapturedRow['tool_name'] | undefined;
  /** With a lower id than this. */
  readonly beforeId?: number | undefined;
}

/** The captured searches of a workspace. Several processes may append, read and prune at once; what was appended outlasts a crash. */
export interface CaptureStore extends CaptureLog {
  /** Rows by moment and then id, the last first; memory does not grow with their number. LakeCorruptError for a line that is no row. */
  newestFirst(filter?: CaptureFilter): Generator<CapturedRow>;
  /** How many rows were captured before a moment. */
  countBefore(cutoffMs: number): number;
  /** Removes exactly those and says how many they were. Cut off at any point, no other row is gone. */
  prune(cutoffMs: number): Promise<number>;
}

/** Opens the store of a workspace, which need not be there yet: the first row makes it. */
export function openCaptureStore(workspace: string, clock: () => number = nowMs): CaptureStore {
  const folder = captureFolder(workspace);
  let waiting: WaitingRow[] = [];

  /** Rows that come while another process has the lock are written together once it is free. */
  async function writeWaiting(): Promise<void> {
    try {
      await locked(folder, () => {
        for (const { row, settle } of takeWaiting()) settle(() => appendCaptured(folder, row, clock()));
      });
    } catch (error) {
      for (const { fail } of takeWaiting()) fail(error);
    }
  }

  function takeWaiting(): readonly WaitingRow[] {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  return {
    append: (row) =>
      new Promise((resolve, reject) => {
        waiting.push({
          row,
          settle: (write) => {
            try {
              resolve(write());
            } catch (error) {
              reject(error);
            }
          },
          fail: reject,
        });
        if (waiting.length === 1) void writeWaiting();
      }),
    noteFailure: async (reason) => appendCaptureFailure(workspace, { ts: new Date(clock()).toISOString(), reason }),
    newestFirst: (filter) => readBackwards(folder, filter),
    countBefore: (cutoffMs) => countCapturedBefore(folder, cutoffMs),
    prune: async (cutoffMs) => (existsSync(folder) ? locked(folder, () => pruneCaptured(folder, cutoffMs)) : 0),
  };
}

interface WaitingRow {
  readonly row: NewCapturedRow;
  /** Answers whoever waits with what the writing came to. */
  settle(write: () => void): void;
  fail(error: unknown): void;
}

const LOCK_WAIT_MS = 10_000;

async function locked<Result>(folder: string, work: () => Result): Promise<Result> {
  mkdirSync(folder, { recursive: true, mode: PRIVATE.folder });
  const lock = await waitForLock(join(folder, 'captures.lock'), { version: '', giveUpAfterMs: LOCK_WAIT_MS });
  try {
    return work();
  } finally {
    lock.release();
  }
}

function* readBackwards(folder: string, { sinceMs = -Infinity, tool, beforeId = Infinity }: CaptureFilter = {}): Generator<CapturedRow> {
  for (const { path, leastId } of listSegments(folder).toReversed()) {
    if (leastId >= beforeId) continue;
    for (const line of linesBackwards(path)) {
      const { createdMs, id } = readPlace(line, path);
      if (createdMs < sinceMs) return;
      if (id >= beforeId) continue;
      const row = readCapturedLine(line, path);
      if (tool === undefined || row.tool_name === tool) yield row;
    }
  }
}
