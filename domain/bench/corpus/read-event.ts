import { asString, isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { parseRecord } from '../../shared/parse-record.ts';

/** An event as a source hands it over. */
export interface SourceEvent {
  readonly eventId: string;
  readonly source: string;
  readonly atMs: number;
  /** Synthetic traffic that only checks that capture works. */
  readonly isProbe: boolean;
  /** Undefined when it is no JSON object. */
  readonly payload: JsonObject | undefined;
}

/** What a row lacks that an event must have, without its text. */
export interface EventFault {
  readonly expected: string;
  readonly found: string;
}

/** ISO 8601 in UTC from a text or a number of seconds or milliseconds; null for anything else. */
export type ParseTime = (value: JsonValue | undefined) => string | null;

const TIME_FIELDS = ['timestamp_iso', 'ts_iso', 'timestamp', 'ts'] as const;
const MS_FIELDS = ['timestamp_ms', 'ts_ms'] as const;
/** Control characters would tear the lines of the logical hash. */
const PLAIN_ID = /^[^\u0000-\u001f\u007f]{1,512}$/;

/**
 * The event in a row of a source: `event_id`, `source`, a time (`timestamp_ms`, `ts_ms`, `timestamp_iso`, `ts_iso`, `timestamp` or `ts`), `payload`
 * or `redacted_content` as object or as JSON text, and `tags`, `probe_tag` or `is_probe`.
 */
export function readEvent(row: JsonValue, parseTime: ParseTime): SourceEvent | EventFault {
  if (!isObject(row)) return { expected: 'a JSON object', found: Array.isArray(row) ? 'a list' : `a ${typeof row}` };
  const eventId = plainId(row, 'event_id');
  if (typeof eventId !== 'string') return eventId;
  const source = plainId(row, 'source');
  if (typeof source !== 'string') return source;
  const atMs = timeOf(row, parseTime);
  if (typeof atMs !== 'number') return atMs;
  return { eventId, source, atMs, isProbe: isProbe(row), payload: payloadOf(row.payload ?? row.redacted_content) };
}

function plainId(row: JsonObject, field: string): string | EventFault {
  const value = row[field];
  if (typeof value === 'string' && PLAIN_ID.test(value)) return value;
  return { expected: `${field} of 1 to 512 characters, none of them a control character`, found: describe(value) };
}

function timeOf(row: JsonObject, parseTime: ParseTime): number | EventFault {
  for (const field of MS_FIELDS) {
    const value = row[field];
    if (value === undefined || value === null) continue;
    const ms = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    return Number.isSafeInteger(ms) ? (ms as number) : { expected: `${field} in whole milliseconds`, found: describe(value) };
  }
  for (const field of TIME_FIELDS) {
    const value = row[field];
    if (value === undefined || value === null) continue;
    const iso = parseTime(value);
    return iso === null ? { expected: `${field} as a time of the years 1990 to 2200`, found: describe(value) } : Date.parse(iso);
  }
  return { expected: `a time (${[...MS_FIELDS, ...TIME_FIELDS].join(', ')})`, found: 'none' };
}

function isProbe(row: JsonObject): boolean {
  if (row.is_probe === true || row.is_probe === 1 || row.is_probe === 'true') return true;
  if (typeof row.probe_tag === 'string' && row.probe_tag !== '') return true;
  return tagsOf(row.tags).some((tag) => /^(?:synthetic[-_: ])?probe(?:$|[-_: ])/i.test(tag));
}

/** A list, the JSON text of one, or words between commas. */
function tagsOf(value: JsonValue | undefined): string[] {
  const text = asString(value);
  if (text === undefined) return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
  const parsed = text.startsWith('[') ? parseRecord(text) : undefined;
  return parsed?.ok === true && Array.isArray(parsed.value) ? tagsOf(parsed.value) : text.split(',').map((tag) => tag.trim());
}

function payloadOf(value: JsonValue | undefined): JsonObject | undefined {
  if (typeof value !== 'string') return isObject(value) ? value : undefined;
  const parsed = parseRecord(value);
  return parsed.ok && isObject(parsed.value) ? parsed.value : undefined;
}

function describe(value: JsonValue | undefined): string {
  if (value === undefined) return 'none';
  if (value === null) return 'null';
  return typeof value === 'string' ? `a text of ${value.length} characters` : `a ${Array.isArray(value) ? 'list' : typeof value}`;
}
