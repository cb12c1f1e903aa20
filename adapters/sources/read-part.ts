import type { ReadRecord } from '../../activities/ports.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import { startSha256 } from '../digest.ts';
import { readArchiveLog } from './archive-log.ts';
import { readArchivedRuns } from './archived-runs.ts';
import { readChunks } from '../byte-chunks.ts';
import { readElements } from '../element-reader.ts';
import { readLines, type Line } from '../line-reader.ts';
import { readLog } from './log-reader.ts';
import { readTraces } from './otlp-trace-reader.ts';
import { readRecord, readRecordBytes } from './read-record.ts';
import { expectUnchanged } from './source-changed.ts';

/** A session is held in memory as a whole; its branches are limited to `maxRecordBytes` each, the file to this many times that. */
const SESSION_FACTOR = 4;

/**
 * The records of one part of a source file, in batches. Throws SourceChangedError when the bytes are not those that were planned:
 * nothing of the part may then be used.
 */
export async function* readPart(part: SourcePart, maxRecordBytes: number): AsyncIterable<ReadRecord[]> {
  if (part.layout === 'log' || part.layout === 'archive') {
    yield* part.layout === 'log' ? readLog(() => checkedChunks(part), maxRecordBytes) : readArchiveLog(part, maxRecordBytes);
    return;
  }
  if (part.layout === 'parquet') {
    yield* readArchivedRuns(part, maxRecordBytes);
    return;
  }
  if (part.layout === 'traces') {
    yield* readTraces(() => checkedChunks(part), { maxBytes: maxRecordBytes, maxOpenBytes: maxRecordBytes * SESSION_FACTOR });
    return;
  }
  const digest = startSha256();
  const chunks = readChunks(part, (bytes) => digest.update(bytes));
  if (part.layout === 'lines') {
    for await (const lines of readLines(chunks, { firstLine: part.line, maxBytes: maxRecordBytes, isLast: part.is_last }))
      yield lines.map(lineRecord);
  } else if (part.layout === 'elements') {
    for await (const elements of readElements(chunks, { maxBytes: maxRecordBytes })) {
      yield elements.map((element) => {
        const place = { locator: { pointer: element.pointer }, line: element.line };
        return 'fault' in element ? { ...element, ...place } : { ...readRecord(element.text, place), key: element.key };
      });
    }
    for await (const rest of chunks) void rest;
  } else if (part.layout === 'document') {
    yield [documentRecord(await readWhole(chunks, maxRecordBytes), maxRecordBytes)];
  } else {
    yield await sessionRecords(chunks, part, maxRecordBytes);
  }
  expectUnchanged(part, digest.digest());
}

/** The bytes of a part that is read more than once: each time they must be those that were planned. */
async function* checkedChunks(part: SourcePart): AsyncIterable<Uint8Array> {
  const digest = startSha256();
  yield* readChunks(part, (bytes) => digest.update(bytes));
  expectUnchanged(part, digest.digest());
}

function lineRecord(line: Line): ReadRecord {
  const place = { locator: { line: line.line }, line: line.line };
  if ('fault' in line) return { fault: line.fault, detail: line.detail, ...place };
  const record = readRecord(line.text, place);
  // A broken last line without its line feed was cut while it was written.
  return 'fault' in record && record.fault === 'broken_json' && line.endsFile ? { ...record, fault: 'truncated_line' } : record;
}

function documentRecord(bytes: Buffer | number, maxRecordBytes: number): ReadRecord {
  const place = { locator: { pointer: '' }, line: 0 };
  if (typeof bytes === 'number')
    return { fault: 'too_large', detail: `expected at most ${maxRecordBytes} bytes, found ${bytes}`, ...place };
  return readRecordBytes(bytes, place);
}

/** The bytes, or only their number when there are more than `maxBytes`. */
async function readWhole(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer | number> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size <= maxBytes) pieces.push(chunk);
    else pieces = [];
  }
  return size <= maxBytes ? Buffer.concat(pieces) : size;
}

async function sessionRecords(chunks: AsyncIterable<Uint8Array>, part: SourcePart, maxRecordBytes: number): Promise<ReadRecord[]> {
  const faults: ReadRecord[] = [];
  const values: JsonValue[] = [];
  const numbers: number[] = [];
  let sizeChars = 0;
  let isTooLarge = false;
  for await (const lines of readLines(chunks, { firstLine: 0, maxBytes: maxRecordBytes, isLast: part.is_last })) {
    for (const line of lines) {
      const record = lineRecord(line);
      if ('fault' in record) {
        // Lines before the first record are a title somebody put there, not records.
        if (values.length > 0 || record.fault !== 'broken_json') faults.push(record);
        continue;
      }
      sizeChars += 'text' in line ? line.text.length : 0;
      isTooLarge ||= sizeChars > maxRecordBytes * SESSION_FACTOR;
      if (isTooLarge) values.length = 1;
      else {
        values.push(record.value);
        numbers.push(record.line);
      }
    }
  }
  const place = { locator: { line: numbers[0] ?? 0 }, line: numbers[0] ?? 0 };
  if (isTooLarge)
    return [
      ...faults,
      {
        fault: 'too_large',
        detail: `expected a session of at most ${maxRecordBytes * SESSION_FACTOR} characters, found ${sizeChars}`,
        ...place,
      },
    ];
  return [...faults, { value: values, canonical: undefined, lines: numbers, ...place }];
}
