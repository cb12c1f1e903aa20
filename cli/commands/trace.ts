import { resolve } from 'node:path';
import { traceRow, type TraceSubject } from '../../activities/trace.ts';
import { findSubject } from '../../activities/trace-subject.ts';
import { sha256 } from '../../adapters/digest.ts';
import { latestExport } from '../../adapters/files/find-lines.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { renderTrace } from '../../reports/trace/render-trace.ts';
import type { Trace } from '../../schemas/trace.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig } from '../places.ts';
import { keepTracePage } from '../trace/keep-trace-page.ts';
import { openRun, type OpenRun } from '../trace/open-run.ts';
import { runsToLookIn } from '../trace/runs-to-look-in.ts';
import { tellTrace } from '../trace/tell-trace.ts';
import type { TraceOptions } from '../trace/trace-options.ts';
import { REPLAY_ID, traceReplay } from './trace-replay.ts';
import { traceReverse } from './trace-reverse.ts';

const SHORTEST_BEGINNING = 6;
/** What a run before may have allowed: a record that was read is read again, whatever the config says now. */
const LEAST_RECORD_BYTES = 16 << 20;

/** `lauter trace ID`: the chain from an exported row back to the line of the source, every link held against what is on disk. */
export async function traceCommand(io: Io, id: string | undefined, options: TraceOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const maxRecordBytes = Math.max(LEAST_RECORD_BYTES, loadConfig(io, root, options).config.distill.max_record_bytes);
  if (id !== undefined && REPLAY_ID.test(id) && options.reverse === undefined)
    return traceReplay(io, { root, maxRecordBytes, id, options });
  const runIds = runsToLookIn(root, options.runId);
  if (options.reverse !== undefined) return traceReverse(io, { root, runIds, maxRecordBytes, place: options.reverse, id, options });
  if (id === undefined)
    throw new UsageError('tracing: expected an id, or --reverse FILE:LINE, found neither.', '`lauter trace --help` shows an example.');
  const trace = await traceIn(root, runIds, maxRecordBytes, requireBeginning(id), options.runId !== undefined);
  if (options.html !== undefined) keepTracePage(io, resolve(io.cwd, options.html), (path) => renderTrace(trace, path));
  io.out(options.json === true ? JSON.stringify(trace, null, 2) : tellTrace(trace));
  return trace.verdict === 'holds' ? EXIT.accepted : EXIT.refused;
}

/** Looks for the id in one run after the other. UsageError when it stands in none of them, or is the beginning of several. */
async function traceIn(root: string, runIds: readonly string[], maxRecordBytes: number, id: string, isRunNamed: boolean): Promise<Trace> {
  const damaged: string[] = [];
  for (const runId of runIds) {
    const run = await openRun(root, runId, maxRecordBytes);
    try {
      const found = await findSubject(run, id);
      if (found !== undefined && 'several' in found) throw ambiguous(id, found.several);
      if (found !== undefined) return await traceSubject(root, run, found.subject, isRunNamed);
      damaged.push(...(await run.damage()).map(({ path }) => path));
    } finally {
      run.close();
    }
  }
  throw unknown(id, runIds.length, damaged);
}

function traceSubject(root: string, run: OpenRun, subject: TraceSubject, isRunNamed: boolean): Promise<Trace> {
  return traceRow({ sha256, latestExport: () => latestExport(root) }, run, subject, { isRunNamed });
}

function requireBeginning(id: string): string {
  if (/^[0-9a-f]{6,64}$/i.test(id)) return id;
  throw new UsageError(
    `tracing ${id}: expected an id, or at least ${SHORTEST_BEGINNING} hexadecimal digits of its beginning, found something else.`,
    'Ids stand in every exported row as `id`; `lauter trace --reverse FILE:LINE` starts from a source instead.',
  );
}

function ambiguous(id: string, several: readonly string[]): UsageError {
  return new UsageError(
    `tracing ${id}: expected the beginning of one id, found that of several:\n${several.map((other) => `  ${other}`).join('\n')}`,
    'Give more of the id.',
  );
}

function unknown(id: string, runs: number, damaged: readonly string[]): UsageError {
  const torn = damaged.length === 0 ? '' : ` (files of the lake are not whole: ${[...new Set(damaged)].join(', ')})`;
  return new UsageError(
    `tracing ${id}: expected the id of an exported row, a pair, a scored run or evidence, found none in ${runs === 1 ? 'the run' : `the ${runs} newest runs`}${torn}.`,
    damaged.length === 0
      ? '`lauter distill query "SELECT id, title FROM rag LIMIT 20"` shows some ids; --run-id ID looks in an older run.'
      : 'Remove the torn files and run `lauter distill run-all`: they are made anew.',
  );
}
