import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { SourceError } from '../../domain/shared/errors.ts';

/** What a file of events is, by its first bytes. SourceError when it is missing, no file, or empty. */
export function kindOfEventFile(path: string): 'jsonl' | 'parquet' {
  const size = sizeOf(path);
  if (size === 0) throw cannotRead(path, 'an empty file');
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1') === 'PAR1' ? 'parquet' : 'jsonl';
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw cannotRead(path, 'nothing');
  if (!found.isFile()) throw cannotRead(path, 'something that is no file');
  return found.size;
}

function cannotRead(path: string, found: string): SourceError {
  return new SourceError(
    `reading events from ${path}: expected a file of JSON lines or Parquet, found ${found}.`,
    'Name a file of events with --from, or `--from lake` for the evidence of this workspace.',
  );
}
