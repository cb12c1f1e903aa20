import { resolve } from 'node:path';
import { readBaseline, readTextFile } from '../../adapters/gate/read-rows.ts';
import { readFileAt } from '../../adapters/git/read-file-at.ts';
import type { Baseline } from '../../domain/gate/index.ts';
import type { Io } from '../io.ts';

/** A baseline: the file as it stands, or as it is in a revision, so that a change cannot rewrite what it is graded by. */
export async function readBaselineFile(io: Io, name: string, revision: string | undefined): Promise<Baseline> {
  const path = resolve(io.cwd, name);
  if (revision === undefined) return readBaseline(readTextFile(path, name));
  return readBaseline({ name: `${name} at ${revision}`, text: await readFileAt(path, revision, io.env) });
}
