import { SourceError } from '../../domain/shared/errors.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { startSha256 } from '../digest.ts';
import { parseRunLine } from './parse-run-line.ts';
import { readLinesOf } from '../file-lines.ts';

const MOST_LINE_BYTES = 16 << 20;

/** What a tolerant reader found beside the records. */
export interface ScannedFile {
  readonly sha256: string;
  /** Lines that hold no JSON object; blank ones do not count. */
  readonly malformedLines: number;
}

/** Shows every record of a run file, in order, and passes over what is none. SourceError only when the file cannot be read at all. */
export async function scanRunFile(path: string, see: (record: JsonObject) => void): Promise<ScannedFile> {
  const digest = startSha256();
  let malformedLines = 0;
  try {
    for await (const { bytes, isTooLong } of readLinesOf(path, MOST_LINE_BYTES, digest.update)) {
      const text = isTooLong
        ? undefined
        : Buffer.from(bytes)
            .toString()
            .replace(/^\ufeff/, '');
      if (text?.trim() === '') continue;
      const parsed = text === undefined ? undefined : parseRunLine(text);
      if (parsed !== undefined && 'value' in parsed) see(parsed.value);
      else malformedLines += 1;
    }
  } catch (error) {
    throw cannotRead(path, error);
  }
  return { sha256: digest.digest(), malformedLines };
}

function cannotRead(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new SourceError(`importing run file ${path}: expected a file that can be read, found ${code}.`, 'Name another file.', {}, error);
}
