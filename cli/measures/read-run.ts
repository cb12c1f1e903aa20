import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startSha256 } from '../../adapters/digest.ts';
import {
  openRunReader,
  rankDocs,
  renameKeys,
  type FoundHits,
  type IdRules,
  type RankedDocs,
  type Run,
} from '../../domain/measures/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';

/** The rankings of a file, and the sha256 of its bytes. */
export interface RunFile {
  readonly found: readonly FoundHits[];
  readonly sha256: string;
}

const PIECE_BYTES = 1 << 22;

/** Reads a TREC run piece by piece into one buffer, so that only its rankings are held. CollectionError with file and line of what is wrong. */
export async function readRunFile(io: Io, name: string, ids: IdRules, isTwinAllowed: boolean): Promise<RunFile> {
  const digest = startSha256();
  const sizeBytes = statSync(resolve(io.cwd, name), { throwIfNoEntry: false })?.size ?? 0;
  const reader = openRunReader(name, { isTwinAllowed, sizeBytes });
  try {
    await readPieces(resolve(io.cwd, name), (piece) => {
      digest.update(piece);
      reader.feed(piece);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof CollectionError) throw error;
    const found = code === 'ENOENT' ? 'none' : code;
    throw new CollectionError(
      `reading a run, on ${name}: expected a file that can be read, found ${found}.`,
      'Name a TREC run with --run FILE.',
      {
        flag: '--run',
        file: name,
      },
    );
  }
  return { found: rank(reader.finish(), ids, name), sha256: digest.digest() };
}

async function readPieces(path: string, take: (piece: Uint8Array) => void): Promise<void> {
  const file = await open(path);
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return;
      take(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

function rank(run: Run, ids: IdRules, name: string): FoundHits[] {
  return [...renameKeys(run, ids.query, name)].map(([id, docs]) => {
    const known = { id, outcome: 'scored', degraded: [], latencyMs: null, error: null } as const;
    if (!ids.isSame) return { ...known, hits: renameDocs(docs, ids, name) };
    return {
      ...known,
      docs,
      get hits() {
        return docs.hits();
      },
    };
  });
}

function renameDocs(docs: RankedDocs, ids: IdRules, name: string): FoundHits['hits'] {
  const scores = renameKeys(new Map(docs.hits().map(({ key, score }) => [key, score])), ids.doc, name);
  return rankDocs(scores).map((key) => ({ key, score: scores.get(key)! }));
}
