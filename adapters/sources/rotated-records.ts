import { sep } from 'node:path';
import { REPLAY_LOG, replaySegments } from '../replay-segments.ts';
import { signedRecords, type SignedRecord, type SourceReading } from './signed-records.ts';
import { wholeFile } from './whole-file.ts';

/** The parts that the log of replays of a workspace was rotated into, oldest first, packed or still waiting for it. Any other file has none. */
export function segmentsOf(path: string): string[] {
  const log = sep + REPLAY_LOG.replaceAll('/', sep);
  return path.endsWith(log) ? replaySegments(path.slice(0, -log.length)).map((segment) => segment.path) : [];
}

/** The attempts that stand in what the file of a part was rotated into, read as those of the part. SourceError for a segment that cannot be read. */
export async function* rotatedRecords(reading: SourceReading): AsyncIterable<SignedRecord> {
  for (const path of segmentsOf(reading.part.path)) {
    const part = await wholeFile(reading.part, path);
    if (part !== undefined) yield* signedRecords({ ...reading, part });
  }
}
