import { traceBack } from '../../activities/trace-reverse.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { openRun } from '../trace/open-run.ts';
import { parsePlace, unknownPlace } from '../trace/parse-place.ts';
import { tellReverse } from '../trace/tell-reverse.ts';
import type { TraceOptions } from '../trace/trace-options.ts';

interface ReverseQuestion {
  readonly root: string;
  readonly runIds: readonly string[];
  readonly maxRecordBytes: number;
  readonly place: string;
  readonly id: string | undefined;
  readonly options: TraceOptions;
}

/** `lauter trace --reverse FILE:LINE`: everything that came of a line of a source, in the newest run that read the file. */
export async function traceReverse(io: Io, { root, runIds, maxRecordBytes, place, id, options }: ReverseQuestion): Promise<ExitCode> {
  if (id !== undefined || options.html !== undefined) {
    throw new UsageError(
      `tracing back from ${place}: expected only the place, found ${id === undefined ? '--html' : 'an id'} as well.`,
      'Leave it out: the two questions are asked one at a time, and only the chain of an id is drawn as a page.',
    );
  }
  const files = new Map<string, { sourceFile: string; path: string }>();
  for (const runId of runIds) {
    const run = await openRun(root, runId, maxRecordBytes);
    try {
      const at = parsePlace(place, run.sourceFiles, io.cwd);
      for (const file of run.sourceFiles) files.set(file.path, file);
      if (at === undefined) continue;
      const reverse = await traceBack(run, at);
      io.out(options.json === true ? JSON.stringify(reverse, null, 2) : tellReverse(reverse));
      return EXIT.accepted;
    } finally {
      run.close();
    }
  }
  throw unknownPlace(place, [...files.values()]);
}
