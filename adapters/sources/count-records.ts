import type { AdapterName } from '../../schemas/vocabulary.ts';
import type { Compression } from '../byte-chunks.ts';
import { cutBlocks } from './cut-blocks.ts';
import { readPart } from './read-part.ts';
import { SOURCE_ADAPTERS } from './registry.ts';
import type { Layout } from './source-adapter.ts';

/** The same numbers as a run's own account of the file: several attempts in one line are several records. */
export interface RecordCount {
  readonly records: number;
  /** Those among them that would be quarantined while reading. */
  readonly broken: number;
}

export interface CountedFile {
  readonly path: string;
  readonly sourceFile: string;
  readonly adapter: AdapterName;
  readonly layout: Layout;
  readonly compression: Compression;
}

/** Reads a file to its end, as a run would, and counts. SourceError when it cannot be read: a cut or damaged archive. */
export async function countRecords(file: CountedFile, maxRecordBytes: number): Promise<RecordCount> {
  const { path, sourceFile: source_file, layout, compression } = file;
  const { normalize } = SOURCE_ADAPTERS[file.adapter];
  let [records, broken] = [0, 0];
  for (const { start, end, line, isLast, digest } of await cutBlocks(file, () => undefined)) {
    const part = { path, source_file, layout, compression, start, end, line, is_last: isLast, digest, file_time: '' };
    for await (const batch of readPart(part, maxRecordBytes)) {
      for (const record of batch) {
        const drafts = 'fault' in record ? [{ refused: record.fault }] : normalize(record, { path: source_file, options: {} });
        records += drafts.length;
        broken += drafts.filter((draft) => 'refused' in draft).length;
      }
    }
  }
  return { records, broken };
}
