import { existsSync, ftruncateSync, fsyncSync, openSync, closeSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isObject } from '../../domain/shared/json.ts';
import { replayRunSchema } from '../../schemas/replay-run.ts';
import { syncFolder } from '../atomic-write.ts';
import { startSha256 } from '../digest.ts';
import { parseJson } from '../parse-json.ts';
import { REPLAY_LOG, REPLAY_SEGMENTS, segmentName } from '../replay-segments.ts';
import { ledgerLines } from './ledger-lines.ts';

/** What stands in the log: whole runs alone, or lines that nobody here can read. */
export interface ReplayLogState {
  /** Of the whole lines. */
  readonly bytes: number;
  readonly sha256: string;
  readonly runs: number;
  /** Lines that are no whole run of this version; `line` is 1-based. */
  readonly faults: readonly { readonly line: number; readonly why: string }[];
  /** Bytes of a last line that was cut off while it was written. */
  readonly tornBytes: number;
}

/** Reads the log of a workspace line by line. Whoever asks holds its lock. */
export async function readReplayLog(workspace: string): Promise<ReplayLogState> {
  const digest = startSha256();
  const faults: { line: number; why: string }[] = [];
  let [bytes, runs, tornBytes] = [0, 0, 0];
  for await (const { text, isEnded, nextByte } of ledgerLines(join(workspace, REPLAY_LOG))) {
    const row = parseJson(text);
    if (!isEnded && row === undefined) {
      tornBytes = nextByte - bytes;
      continue;
    }
    runs += 1;
    const why = faultOf(row);
    if (why !== undefined) faults.push({ line: runs, why });
    digest.update(isEnded ? `${text}\n` : text);
    bytes = nextByte;
  }
  return { bytes, sha256: digest.digest(), runs: runs - faults.length, faults, tornBytes };
}

/**
 * Makes the whole lines of the log a part of their own, at once; the next append begins a new log. A line that was cut off while it was written is cleared
 * away, as by an append. Returns the path of the part. Whoever asks holds the lock of the log, and found no faults in it.
 */
export function rotateReplayLog(workspace: string, { bytes, sha256, tornBytes }: ReplayLogState): string {
  const live = join(workspace, REPLAY_LOG);
  if (tornBytes > 0) truncate(live, bytes);
  const path = join(workspace, REPLAY_SEGMENTS, `${segmentName(workspace, bytes, sha256)}.jsonl`);
  renameSync(live, path);
  syncFolder(dirname(path));
  syncFolder(dirname(live));
  return path;
}

/** Makes the folder of the rotated parts, durably. */
export function makeSegmentFolder(workspace: string): void {
  const folder = join(workspace, REPLAY_SEGMENTS);
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  syncFolder(dirname(folder));
}

function faultOf(row: unknown): string | undefined {
  if (!isObject(row as never)) return 'no JSON object';
  const schema = (row as Record<string, unknown>).schema;
  const version = typeof schema === 'string' ? /^replay_run\/(\d+)$/.exec(schema)?.[1] : undefined;
  if (version !== undefined && Number(version) > 1) return `replay_run/${version} of a newer version`;
  const [issue] = replayRunSchema.safeParse(row).error?.issues ?? [];
  return issue && `${issue.path.join('.') || 'the row'}: ${issue.message}`;
}

function truncate(path: string, bytes: number): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
