import type { ReadRecord } from '../../activities/ports.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import type { Locator } from '../../schemas/evidence.ts';

/** Where a record stands. */
export interface RecordPlace {
  readonly locator: Locator;
  readonly line: number;
}

/** The text of one record as its value, or what is wrong with it. */
export function readRecord(text: string, place: RecordPlace): ReadRecord {
  const parsed = parseRecord(text);
  return parsed.ok
    ? { value: parsed.value, canonical: parsed.canonical, ...place }
    : { fault: parsed.fault, detail: parsed.detail, ...place };
}

/** The same for bytes, which have to be UTF-8; a byte order mark at the beginning is no part of the record. */
export function readRecordBytes(bytes: Uint8Array, place: RecordPlace): ReadRecord {
  try {
    return readRecord(new TextDecoder('utf-8', { fatal: true }).decode(bytes), place);
  } catch {
    return { fault: 'not_utf8', detail: 'expected UTF-8, found other bytes', ...place };
  }
}
