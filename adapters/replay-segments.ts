import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the log of replays and its rotated parts lie in a workspace. */
export const REPLAY_LOG = 'ledger/replay_runs.jsonl';
export const REPLAY_SEGMENTS = 'ledger/replay_runs';

/** A part of the log that was rotated: bytes `from` to `to` of all that was ever appended. */
export interface ReplaySegment {
  readonly from: number;
  readonly to: number;
  /** Path below the workspace, with `/`. */
  readonly file: string;
  readonly path: string;
  /** False for lines that wait to be packed, because whoever was about to do it died. */
  readonly isPacked: boolean;
  /** The lines that a death left beside their archive; nobody reads them. */
  readonly leftover: string | null;
}

const NAME = /^(\d{12,})-(\d{12,})-[0-9a-f]{12}\.(jsonl|parquet)$/;

/** The rotated parts of the log, oldest first. One that lies there as lines and as Parquet is one: from the moment on that its archive stands, that counts. */
export function replaySegments(workspace: string): ReplaySegment[] {
  const folder = join(workspace, REPLAY_SEGMENTS);
  const names = new Set(namesIn(folder));
  return [...names].sort().flatMap((name) => {
    const [, from, to, form] = NAME.exec(name) ?? [];
    if (form === undefined) return [];
    const isPacked = form === 'parquet';
    const other = name.replace(/[^.]+$/, isPacked ? 'jsonl' : 'parquet');
    if (!isPacked && names.has(other)) return [];
    const leftover = isPacked && names.has(other) ? join(folder, other) : null;
    return [{ from: Number(from), to: Number(to), file: `${REPLAY_SEGMENTS}/${name}`, path: join(folder, name), isPacked, leftover }];
  });
}

/** The name, without its ending, of the part that `bytes` bytes with this sha256 become when they are rotated now. */
export function segmentName(workspace: string, bytes: number, sha256: string): string {
  const from = rotatedBytes(workspace);
  return `${padded(from)}-${padded(from + bytes)}-${sha256.slice(0, 12)}`;
}

/** Bytes that were rotated away so far: where the log of now begins. */
export function rotatedBytes(workspace: string): number {
  return Math.max(0, ...replaySegments(workspace).map(({ to }) => to));
}

/** Bytes that the log of now has. */
export function liveLogBytes(workspace: string): number {
  return statSync(join(workspace, REPLAY_LOG), { throwIfNoEntry: false })?.size ?? 0;
}

function padded(bytes: number): string {
  return String(bytes).padStart(12, '0');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
