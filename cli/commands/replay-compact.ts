import { UsageError } from '../../domain/shared/errors.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { compactLog } from '../replay/compact-log.ts';
import { tellCompaction } from '../replay/tell-compaction.ts';

/** Options of `lauter replay compact`. */
export interface ReplayCompactOptions extends PlaceOptions {
  readonly maxBytes?: number;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `lauter replay compact`: the log of replays, when it is larger than it may be, packed into Parquet. */
export async function replayCompactCommand(io: Io, options: ReplayCompactOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  if (options.all === true && options.maxBytes !== undefined) {
    throw new UsageError('compacting the log of replays: expected --all or --max-bytes, found both.', 'Leave one of them out.');
  }
  const { config } = loadConfig(io, root, options);
  const compaction = await compactLog(root, options.all === true ? 0 : (options.maxBytes ?? config.replay.log_max_bytes));
  io.out(options.json === true ? JSON.stringify(compaction, null, 2) : tellCompaction(compaction));
  return compaction.state === 'refused' ? EXIT.refused : EXIT.accepted;
}
