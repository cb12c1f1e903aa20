import type { ReadRecord } from '../../activities/ports.ts';
import { SourceChangedError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import type { Locator } from '../../schemas/evidence.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import { startSha256 } from '../digest.ts';
import { readChunks } from './byte-chunks.ts';
import { readElements } from './element-reader.ts';
import { readLines, type Line } from './line-reader.ts';

/** A session is held in memory as a whole; its branches are limited to `maxRecordBytes` each, the file to this many times that. */
const SESSION_FACTOR = 4;

/**
 * The records of one part of a source file, in batches. Throws SourceChangedError when the bytes are not those that were planned:
 * nothing of the part may then be used.
 */
export async function* readPart(part: SourcePart, maxRecordBytes: number): AsyncIterable<ReadRecord[]> {
  const digest = startSha256();
  const chunks = readChunks(part, (bytes) => digest.update(bytes));
  if (part.layout === 'lines') {
    for await (const lines of readLines(chunks, { firstLine: part.line, maxBytes: maxRecordBytes, isLast: part.is_last }))
      yield lines.map(lineRecord);
  } else if (part.layout === 'elements') {
    for await (const elements of readElements(chunks, { maxBytes: maxRecordBytes })) {
      yield elements.map((element) => {
        const place = { locator: { pointer: element.pointer }, line: element.line };
        return 'fault' in element ? { ...element, ...place } : { ...parsedRecord(element.text, place), key: element.key };
      });
    }
    for await (const rest of chunks) void rest;
  } else if (part.layout === 'document') {
    yield [documentRecord(await readWhole(chunks, maxRecordBytes), maxRecordBytes)];
  } else {
    yield await sessionRecords(chunks, part, maxRecordBytes);
  }
  if (digest.digest() !== part.digest) throw changed(part);
}

function changed(part: SourcePart): SourceChangedError {
  return new SourceChangedError(
    `reading ${part.source_file}, bytes ${part.start} to ${part.end}: expected the content the run was planned with (sha256 ${part.digest.slice(0, 12)}…), found another.`,
    'The file was changed while the run was going on. Run the same command again: it plans anew and reuses every finished shard.',
    { file: part.source_file },
  );
}

function lineRecord(line: Line): ReadRecord {
  const place = { locator: { line: line.line }, line: line.line };
  if ('fault' in line) return { fault: line.fault, detail: line.detail, ...place };
  const record = parsedRecord(line.text, place);
  // A broken last line without its line feed was cut while it was written.
  return 'fault' in record && record.fault === 'broken_json' && line.endsFile ? { ...record, fault: 'truncated_line' } : record;
}

function parsedRecord(text: string, place: { locator: Locator; line: number }): ReadRecord {
  const parsed = parseRecord(text);
  return parsed.ok
    ? { value: parsed.value, canonical: parsed.canonical, ...place }
    : { fault: parsed.fault, detail: parsed.detail, ...place };
}

function documentRecord(bytes: Buffer | number, maxRecordBytes: number): ReadRecord {
  const place = { locator: { pointer: '' }, line: 0 };
  if (typeof bytes === 'number')
    return { fault: 'too_large', detail: `expected at most ${maxRecordBytes} bytes, found ${bytes}`, ...place };
  try {
    return parsedRecord(new TextDecoder('utf-8', { fatal: true }).decode(bytes), place);
  } catch {
    return { fault: 'not_utf8', detail: 'expected UTF-8, found other bytes', ...place };
  }
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
