import { resolve } from 'node:path';
import { startSha256 } from '../../adapters/digest.ts';
import { readLinesOf } from '../../adapters/file-lines.ts';
import { openRunReader, rankDocs, renameKeys, type FoundHits, type IdRules, type Run } from '../../domain/measures/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';

/** The rankings of a file, and the sha256 of its bytes. */
export interface RunFile {
  readonly found: readonly FoundHits[];
  readonly sha256: string;
}

const MOST_LINE_BYTES = 1 << 20;

/** Reads a TREC run line by line, so that only its rankings are held. CollectionError with file and line of what is wrong. */
export async function readRunFile(io: Io, name: string, ids: IdRules, isTwinAllowed: boolean): Promise<RunFile> {
  const digest = startSha256();
  const reader = openRunReader(name, { isTwinAllowed });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const { line, bytes, isTooLong } of readLinesOf(resolve(io.cwd, name), MOST_LINE_BYTES, digest.update)) {
      if (isTooLong) throw refuse(name, line, 'a line of at most a megabyte', 'a longer one');
      reader.add(decode(decoder, bytes, name, line), line);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw refuse(name, null, 'a file that can be read', code === 'ENOENT' ? 'none' : code);
  }
  return { found: rank(reader.finish(), ids, name), sha256: digest.digest() };
}

function rank(run: Run, ids: IdRules, name: string): FoundHits[] {
  return [...renameKeys(run, ids.query, name)].map(([id, scores]) => {
    const renamed = renameKeys(scores, ids.doc, name);
    const hits = rankDocs(renamed).map((key) => ({ key, score: renamed.get(key)! }));
    return { id, outcome: 'scored', hits, degraded: [], latencyMs: null, error: null };
  });
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, name: string, line: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw refuse(name, line, 'text in UTF-8', 'other bytes');
  }
}

function refuse(name: string, line: number | null, expected: string, found: string): CollectionError {
  const at = line === null ? name : `${name}:${line}`;
  const context = { flag: '--run', file: name, ...(line === null ? {} : { line }) };
  return new CollectionError(`reading a run, on ${at}: expected ${expected}, found ${found}.`, 'Name a TREC run with --run FILE.', context);
}
