import { liveLogBytes, REPLAY_LOG } from '../../adapters/replay-segments.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';
import { compactLog } from './compact-log.ts';
import { tellCompaction } from './tell-compaction.ts';

/** Packs a log of replays that outgrew what it may have, when all is said that was asked for; what comes of it changes nothing about that. */
export async function compactWhenFull(io: Io, root: string, maxBytes: number): Promise<void> {
  const bytes = liveLogBytes(root);
  if (bytes <= maxBytes) return;
  io.err(`${REPLAY_LOG} has more than ${maxBytes.toLocaleString('en')} bytes (replay.log_max_bytes); packing it …`);
  try {
    io.err(tellCompaction(await compactLog(root, maxBytes)));
  } catch (error) {
    if (!(error instanceof LauterError)) throw error;
    io.err(`the log stays as it is: ${error.message}`);
  }
}
