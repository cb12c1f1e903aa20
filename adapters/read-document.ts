import { readFileSync } from 'node:fs';
import { LakeCorruptError } from '../domain/shared/errors.ts';

/** A JSON document of a run, which is there whole or not at all. LakeCorruptError for one that is missing or torn. */
export function readDocument(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new LakeCorruptError(
      `reading ${path}: expected a whole JSON document, found ${error instanceof SyntaxError ? 'a torn one' : 'none'}.`,
      'Run the same command again; if it stays, remove the folder of that run.',
      {},
      error,
    );
  }
}
