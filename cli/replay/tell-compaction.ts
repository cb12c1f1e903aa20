import { REPLAY_LOG } from '../../adapters/replay-segments.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { ReplayCompaction } from '../../schemas/replay-compaction.ts';
import { plain } from '../io.ts';

/** What became of the log of replays, for people. */
export function tellCompaction({
  state,
  log_bytes,
  max_bytes,
  archives,
  unreadable_lines,
  unreadable,
  torn_bytes,
}: ReplayCompaction): string {
  const packed = archives.map(
    ({ file, runs, rows, bytes, log_bytes: packedBytes }) =>
      `${file}: ${formatAmount(runs, 'run')} in ${formatAmount(rows, 'row')}, ${inBytes(packedBytes)} packed into ${inBytes(bytes)}`,
  );
  const torn = torn_bytes > 0 ? [`a last line that was cut off while it was written was cleared away: ${inBytes(torn_bytes)}`] : [];
  if (state === 'nothing_to_do')
    return `nothing to do: ${REPLAY_LOG} has ${inBytes(log_bytes)}${log_bytes > 0 && log_bytes <= max_bytes ? ` of ${inBytes(max_bytes)} that it may have` : ''}`;
  if (state === 'compacted') return [...packed, ...torn].join('\n');
  const more = unreadable_lines - unreadable.length;
  return [
    ...packed,
    `${REPLAY_LOG} is left as it is: expected runs of replay_run/1, found ${formatAmount(unreadable_lines, 'other line')}`,
    ...unreadable.map(({ line, why }) => `  line ${line}: ${plain(why)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    'Use the version of Lauter that wrote them, or take these lines out of the file, and run the same command again.',
  ].join('\n');
}

function inBytes(bytes: number): string {
  return `${bytes.toLocaleString('en')} bytes`;
}
