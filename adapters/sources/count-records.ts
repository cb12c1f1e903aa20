import { SourceError } from '../../domain/shared/errors.ts';
import type { Compression } from './byte-chunks.ts';
import { cutBlocks } from './cut-blocks.ts';
import { readPart } from './read-part.ts';
import type { Layout } from './source-adapter.ts';

export interface RecordCount {
  /** All that a run would read, the broken ones among them. */
  readonly records: number;
  /** Those that would be quarantined as they stand in the file. */
  readonly broken: number;
}

/** Reads a file to its end, as a run would, and counts. SourceError when it cannot be read: a cut or damaged archive. */
export async function countRecords(
  file: { readonly path: string; readonly sourceFile: string; readonly layout: Layout; readonly compression: Compression },
  maxRecordBytes: number,
): Promise<RecordCount> {
  let [records, broken] = [0, 0];
  const { path, sourceFile: source_file, layout, compression } = file;
  try {
    for (const { start, end, line, isLast, digest } of await cutBlocks(file, () => undefined)) {
      const part = { path, source_file, layout, compression, start, end, line, is_last: isLast, digest, file_time: '' };
      for await (const batch of readPart(part, maxRecordBytes)) {
        records += batch.length;
        broken += batch.filter((record) => 'fault' in record).length;
      }
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(
      `reading ${source_file}: expected a whole ${compression === 'none' ? '' : `${compression} `}file, found ${error instanceof Error ? error.message : String(error)}.`,
      'Replace the file by a whole one, or leave it out.',
      {},
      error,
    );
  }
  return { records, broken };
}
