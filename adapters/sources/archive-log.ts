import type { ReadRecord } from '../../activities/ports.ts';
import { isObject, type JsonObject } from '../../domain/shared/json.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import { openArchive, type Archive } from './archive-reader.ts';
import { headerOf } from './log-header.ts';
import { readRecordBytes } from './read-record.ts';
import { expectPlanned } from './source-changed.ts';

/** The samples of a zipped log (see the layout `archive`), each with the header; one member is unpacked at a time. */
export async function* readArchiveLog(part: SourcePart, maxRecordBytes: number): AsyncIterable<ReadRecord[]> {
  // Before: a changed file must not pass for a damaged one. After: what was read is what was planned.
  await expectPlanned(part);
  const archive = await openArchive(part.path);
  try {
    const header = await archiveHeader(archive, maxRecordBytes);
    for (const name of sampleMembers(archive)) yield [await sampleIn(archive, name, header, maxRecordBytes)];
  } finally {
    archive.close();
  }
  await expectPlanned(part);
}

/** What the archive says of all its samples. A log that was not finished has only what was written when it was begun, and no status. */
export async function archiveHeader(archive: Archive, maxBytes: number): Promise<JsonObject | undefined> {
  for (const name of ['header.json', '_journal/start.json']) {
    if (!archive.names.includes(name)) continue;
    const bytes = await archive.read(name, maxBytes);
    const header = 'fault' in bytes ? undefined : await headerOf(bytes, maxBytes);
    if (header !== undefined && isObject(header.eval)) return header;
  }
  return undefined;
}

/** Members that are a sample, whole or in pieces. Ids may hold slashes. */
export function sampleMembers(archive: Archive): string[] {
  return archive.names.filter((name) => WHOLE_SAMPLE.test(name) || SAMPLE_IN_PIECES.test(name));
}

const WHOLE_SAMPLE = /^samples\/.+_epoch_\d+\.json$/;
const SAMPLE_IN_PIECES = /^samples\/.+_epoch_\d+\/sample\.json$/;

async function sampleIn(archive: Archive, name: string, header: JsonObject | undefined, maxRecordBytes: number): Promise<ReadRecord> {
  const place = { locator: { member: name }, line: 0 };
  if (!WHOLE_SAMPLE.test(name))
    return { fault: 'not_an_object', detail: 'expected a sample in one member, found one that is spread over several', ...place };
  const bytes = await archive.read(name, maxRecordBytes);
  if ('fault' in bytes) return { ...bytes, ...place };
  const record = readRecordBytes(bytes, place);
  return 'fault' in record || header === undefined ? record : { ...record, header };
}
