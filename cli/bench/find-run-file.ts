import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { digestFile } from '../../adapters/file-digest.ts';
import { withBenchResults } from '../../adapters/lake/read-bench-results.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import type { BenchRunRow } from '../../schemas/bench-results.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import type { RunPath } from './run-paths.ts';

/** A run id, by which a stored run can be named in place of its file. */
const RUN_ID = /^run-[\w-]+$/;

/**
 * The run file that is meant: a path, or the id of a stored run. Without a name it is the newest stored run. SourceError when no such run is stored, or
 * its file is no longer what was imported; whether a path leads to a file shows when it is read.
 */
export async function findRunFile(io: Io, given: string | undefined, options: PlaceOptions): Promise<RunPath> {
  const path = given === undefined ? undefined : resolve(io.cwd, given);
  if (given !== undefined && path !== undefined && (existsSync(path) || !RUN_ID.test(given))) return { given, path };
  const runs = await withBenchResults(existingWorkspace(io, options).root, (results) => results.runs());
  const run = given === undefined ? newestOf(runs) : runs.find(({ run_id }) => run_id === given);
  if (run === undefined) {
    const what = given === undefined ? 'the newest run' : `run ${given}`;
    throw new SourceError(`looking for ${what}: expected it in the result tables, found none.`, 'Name a run file.');
  }
  return { given: run.source_file, path: unchangedFile(run) };
}

function newestOf(runs: readonly BenchRunRow[]): BenchRunRow | undefined {
  return [...runs].sort((left, right) => ((left.started_at_iso ?? '') < (right.started_at_iso ?? '') ? -1 : 1)).at(-1);
}

function unchangedFile({ run_id, source_file: path, file_sha256: sha256 }: BenchRunRow): string {
  const found = !existsSync(path) ? 'none' : digestFile(path).sha256 === sha256 ? undefined : 'another one';
  if (found === undefined) return path;
  throw new SourceError(
    `looking for the file of run ${run_id}: expected it at ${path} as it was imported, found ${found}.`,
    'Name the file, or import it again with `lauter bench import --force FILE`.',
  );
}
