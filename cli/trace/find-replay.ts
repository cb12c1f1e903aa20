import { join } from 'node:path';
import { findLines } from '../../adapters/files/find-lines.ts';
import { parseJson } from '../../adapters/parse-json.ts';
import { REPLAY_LOG, replaySegments, type ReplaySegment } from '../../adapters/replay-segments.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import type { TraceReplay } from '../../schemas/trace-replay.ts';

/** A run and where it stands. */
export type FoundReplay = { readonly run: ReplayRun } & Pick<TraceReplay, 'file' | 'line' | 'copy'>;

/** The one run whose id it is, or begins so: in the log, in its archives, or in lines that wait to be packed. UsageError for none and for several. */
export async function findReplay(root: string, id: string): Promise<FoundReplay> {
  const found = await inLines(root, REPLAY_LOG, id);
  for (const segment of replaySegments(root))
    found.push(...(segment.isPacked ? await inArchive(segment, id) : await inLines(root, segment.file, id)));
  const exact = found.find(({ run }) => run.run_id === id);
  const [first, second] = exact === undefined ? found : [exact];
  if (first !== undefined && second === undefined) return first;
  throw new UsageError(
    `tracing ${id}: expected the id of one replay in ${REPLAY_LOG} and its archives, found ${first === undefined ? 'none' : 'the beginning of several'}.`,
    first === undefined ? '`lauter distill query "SELECT run_id, task FROM replays"` shows those there are.' : 'Give more of the id.',
  );
}

async function inLines(root: string, file: string, id: string): Promise<FoundReplay[]> {
  const lines = (await findLines(join(root, file), [`"run_id":"${id}`]))?.found ?? [];
  return lines.flatMap(({ line, text }) => runIn(text, id).map((run) => ({ run, file, line })));
}

async function inArchive({ file, path }: ReplaySegment, id: string): Promise<FoundReplay[]> {
  const { findArchived } = await import('../../adapters/replay-archive.ts');
  const lines = await findArchived(path, id);
  return lines.flatMap(({ row, copy, text }) => runIn(text, id).map((run) => ({ run, file, line: row + 1, copy: copy + 1 })));
}

function runIn(text: string, id: string): ReplayRun[] {
  const run = replayRunSchema.safeParse(parseJson(text)).data;
  return run?.run_id.startsWith(id) === true ? [run] : [];
}
