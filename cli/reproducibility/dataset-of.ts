import { resolve } from 'node:path';
import { sha256 } from '../../adapters/digest.ts';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import { readFileAt } from '../../adapters/git/read-file-at.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { Reproducibility } from '../../schemas/reproducibility.ts';
import type { Io } from '../io.ts';

/** A text file that figures were made from, as it stands or as it is in a revision. One that cannot be read has no hash. */
export async function datasetOf(io: Io, suite: string, name: string, revision?: string): Promise<Reproducibility['datasets'][number]> {
  const path = resolve(io.cwd, name);
  try {
    const text = revision === undefined ? readTextFile(path, name).text : await readFileAt(path, revision, io.env);
    return { suite, name, sha256: sha256(text) };
  } catch (error) {
    if (error instanceof LauterError) return { suite, name, sha256: null };
    throw error;
  }
}
