import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { signedRecords, type SignedRecord, type SourceReading } from './signed-records.ts';
import { wholeFile } from './whole-file.ts';

/** The parts that a log of lines was rotated into, oldest first: in the folder of its name, packed or still waiting for it. Most files have none. */
export function segmentsOf(path: string): string[] {
  const folder = join(dirname(path), basename(path, '.jsonl'));
  if (folder === path) return [];
  return namesIn(folder)
    .filter((name) => /\.(?:parquet|jsonl)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** The attempts that stand in what the file of a part was rotated into, read as those of the part. SourceError for a segment that cannot be read. */
export async function* rotatedRecords(reading: SourceReading): AsyncIterable<SignedRecord> {
  for (const path of segmentsOf(reading.part.path)) {
    const part = await wholeFile(reading.part, path);
    if (part !== undefined) yield* signedRecords({ ...reading, part });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
