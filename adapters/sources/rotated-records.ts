import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isSegmentName } from '../replay-segments.ts';
import { signedRecords, type SignedRecord, type SourceReading } from './signed-records.ts';
import { wholeFile } from './whole-file.ts';

/** The parts that a log of replays was rotated into, oldest first, packed or still waiting for it. Any other file has none. */
export function segmentsOf(path: string): string[] {
  const folder = join(dirname(path), basename(path, '.jsonl'));
  if (folder === path) return [];
  return namesIn(folder)
    .filter(isSegmentName)
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
