import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestFile } from '../file-digest.ts';
import type { JsonLine } from '../../domain/shared/json-line.ts';
import { corpusFolder } from './bench-places.ts';
import { readJsonLines } from './json-lines.ts';
import { recoverFolder } from './replace-folder.ts';

/** The files of a corpus, as they are read. */
export interface StoredCorpus {
  readonly version: string;
  readonly folder: string;
  /** Text of the manifest; undefined when there is none, and then there is no corpus. */
  manifestText(): string | undefined;
  has(name: CorpusFileName): boolean;
  path(name: CorpusFileName): string;
  /** sha256 of the bytes of a file that is there. */
  fileHash(name: CorpusFileName): string;
  /** The lines of `corpus.jsonl` or `overlay.jsonl`, which must be there; `look` sees every byte. */
  lines(name: CorpusFileName, look?: (piece: Uint8Array) => void): AsyncIterable<JsonLine>;
}

export type CorpusFileName = 'corpus.jsonl' | 'corpus.parquet' | 'overlay.jsonl' | 'manifest.json';

/** The corpus of this label. What a swap that was cut off has moved aside is put back first. */
export function openCorpusFiles(workspace: string, version: string): StoredCorpus {
  const folder = corpusFolder(workspace, version);
  if (!existsSync(folder)) recoverFolder(folder);
  return corpusFilesIn(folder, version);
}

/** The same for a folder that is not in its place yet. */
export function corpusFilesIn(folder: string, version: string): StoredCorpus {
  const path = (name: CorpusFileName): string => join(folder, name);
  return {
    version,
    folder,
    manifestText: () => (existsSync(path('manifest.json')) ? readFileSync(path('manifest.json'), 'utf8') : undefined),
    has: (name) => existsSync(path(name)),
    path,
    fileHash: (name) => digestFile(path(name)).sha256,
    lines: (name, look) => readJsonLines(path(name), look),
  };
}
