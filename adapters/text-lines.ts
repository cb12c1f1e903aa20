import { isUtf8 } from 'node:buffer';
import { SourceError } from '../domain/shared/errors.ts';
import { startSha256 } from './digest.ts';
import { readLinesOf } from './file-lines.ts';

/** A line that is not blank, counted from 1. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
}

const MOST_LINE_BYTES = 16 << 20;

/** The lines of a text file that are not blank, and the hash of all of it. SourceError for a file that is not there or cannot be read, and for a line that is too long or no UTF-8. */
export async function readTextLines(path: string): Promise<{ readonly sha256: string; readonly lines: readonly TextLine[] }> {
  const digest = startSha256();
  const lines: TextLine[] = [];
  try {
    for await (const { line, bytes, isTooLong } of readLinesOf(path, MOST_LINE_BYTES, digest.update)) {
      if (isTooLong) throw refuse(path, 'lines of at most 16 MiB', `a longer one on line ${line}`);
      if (!isUtf8(bytes)) throw refuse(path, 'text in UTF-8', `other bytes on line ${line}`);
      const text = Buffer.from(bytes).toString();
      if (text.trim() !== '') lines.push({ line, text });
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw refuse(path, 'a file that can be read', code === 'ENOENT' ? 'none' : code);
  }
  return { sha256: digest.digest(), lines };
}

function refuse(path: string, expected: string, found: string): SourceError {
  return new SourceError(`reading ${path}: expected ${expected}, found ${found}.`, 'Name a file of JSON lines.', { file: path });
}
