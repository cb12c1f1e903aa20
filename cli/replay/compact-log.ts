import { renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../../adapters/atomic-write.ts';
import { whileLocked } from '../../adapters/files/replay-log.ts';
import { makeSegmentFolder, readReplayLog, rotateReplayLog, type ReplayLogState } from '../../adapters/files/rotate-replay-log.ts';
import { packReplays } from '../../adapters/lake/pack-replays.ts';
import { liveLogBytes, REPLAY_LOG, REPLAY_SEGMENTS, replaySegments } from '../../adapters/replay-segments.ts';
import type { ReplayCompaction } from '../../schemas/replay-compaction.ts';

/**
 * Packs the log of replays into Parquet where it has more than so many bytes (0: whatever it has), and first what an earlier compaction that died left
 * unpacked. Nothing is appended meanwhile. A log that holds a line which is no run of this version is left as it is.
 */
export function compactLog(root: string, maxBytes: number): Promise<ReplayCompaction> {
  return whileLocked(root, async () => {
    const archives = await packLeftovers(root);
    const logBytes = liveLogBytes(root);
    const log = logBytes > maxBytes ? await readReplayLog(root) : undefined;
    const faults = log?.faults ?? [];
    const isPackable = log !== undefined && log.runs > 0 && faults.length === 0;
    if (isPackable) archives.push(await packLog(root, log));
    return {
      schema: 'replay-compaction/1',
      state: faults.length > 0 ? 'refused' : archives.length > 0 ? 'compacted' : 'nothing_to_do',
      log_bytes: logBytes,
      max_bytes: maxBytes,
      archives,
      unreadable_lines: faults.length,
      unreadable: faults.slice(0, MOST_NAMED),
      torn_bytes: isPackable ? log.tornBytes : 0,
    };
  });
}

const MOST_NAMED = 20;

type Archive = ReplayCompaction['archives'][number];

async function packLeftovers(root: string): Promise<Archive[]> {
  const archives: Archive[] = [];
  for (const { path, isPacked, leftover } of replaySegments(root)) {
    if (!isPacked) archives.push(await pack(root, path, () => path));
    else if (leftover !== null) rmSync(leftover, { force: true });
  }
  return archives;
}

/** The log stays where it is until its archive is whole: without room nothing has happened. */
function packLog(root: string, log: ReplayLogState): Promise<Archive> {
  makeSegmentFolder(root);
  return pack(root, join(root, REPLAY_LOG), () => rotateReplayLog(root, log), log.bytes);
}

async function pack(root: string, path: string, rotated: () => string, logBytes = statSync(path).size): Promise<Archive> {
  let file = '';
  const packed = await packReplays(root, { path, bytes: logBytes }, (parquet) => {
    const lines = rotated();
    const archive = lines.replace(/[^.]+$/, 'parquet');
    renameSync(parquet, archive);
    syncFolder(dirname(archive));
    rmSync(lines);
    file = `${REPLAY_SEGMENTS}/${basename(archive)}`;
  });
  return { file, ...packed, log_bytes: logBytes };
}
