import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { SourceError, UsageError } from '../../domain/shared/errors.ts';

/** A run file as it was given, and where it lies. */
export interface RunPath {
  readonly given: string;
  readonly path: string;
}

/** Finds two or more run files. UsageError for fewer, SourceError when two of them are one. What is no file shows when it is read. */
export function resolveRunPaths(cwd: string, given: readonly string[]): RunPath[] {
  if (given.length < 2) {
    throw new UsageError(
      `comparing runs: expected two run files or more, found ${given.length}.`,
      'Give one file for each run, as in `lauter bench determinism r1.jsonl r2.jsonl r3.jsonl`.',
    );
  }
  const paths = given.map((name) => ({ given: name, path: resolve(cwd, name) }));
  const seen = new Map<string, string>();
  for (const { given: name, path } of paths) {
    const place = placeOf(path);
    const twin = seen.get(place);
    if (twin !== undefined) {
      throw new SourceError(
        `comparing run files ${twin} and ${name}: expected different runs, found a duplicate: the same file.`,
        'Give each run once.',
      );
    }
    seen.set(place, name);
  }
  return paths;
}

function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
