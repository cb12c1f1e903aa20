import { asNumber, NumberText, type JsonValue } from '../../domain/shared/json.ts';

/**
 * A point in time as canonical UTC (`2026-01-22T19:38:12.042Z`), read from an ISO 8601 text or from seconds or milliseconds since 1970
 * (a number, or its text). A time without an offset counts as UTC. Null when it is none of these or lies outside the years 1990 to 2200.
 */
export function parseTimestamp(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return fromText(value.trim());
  const number = value instanceof NumberText ? Number(value.text) : asNumber(value);
  return number === undefined ? null : fromEpoch(number);
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([Zz]|UTC|[+-]\d\d(?::?\d\d)?)?)?$/;
const EPOCH = /^\d{9,13}(?:\.\d+)?$/;

/** What `toISOString` writes, of a day that is there in every year: nearly every time is one of these, and they cost a fortieth of the others. */
const CANONICAL = canonicalPattern();

function canonicalPattern(): RegExp {
  const year = String.raw`(?:199\d|2[01]\d\d)`;
  const day = String.raw`(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)`;
  return new RegExp(String.raw`^${year}-${day}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$`);
}

function fromText(text: string): string | null {
  if (CANONICAL.test(text)) return text;
  const parts = ISO.exec(text);
  if (parts === null) return EPOCH.test(text) ? fromEpoch(Number(text)) : null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = parts;
  // `Date.parse` would read a time without an offset in the machine's own zone, and 30 February as 1 March.
  const clockMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const clock = new Date(clockMs);
  const isOnTheClock = clock.getUTCDate() === Number(day) && clock.getUTCMonth() === Number(month) - 1 && Number(second) < 60;
  if (!isOnTheClock || Number(hour) > 23 || Number(minute) > 59) return null;
  const offset = offsetMs(zone);
  return offset === undefined ? null : inRange(clockMs + Number(fraction.slice(0, 3).padEnd(3, '0')) - offset);
}

function offsetMs(zone: string): number | undefined {
  if (!/^[+-]/.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Within the years we allow, seconds and milliseconds cannot be mistaken for each other. */
function fromEpoch(number: number): string | null {
  return inRange(Math.trunc(number * 1000)) ?? inRange(Math.trunc(number));
}

const EARLIEST_MS = Date.UTC(1990, 0, 1);
const END_MS = Date.UTC(2201, 0, 1);

function inRange(timeMs: number): string | null {
  return timeMs >= EARLIEST_MS && timeMs < END_MS ? new Date(timeMs).toISOString() : null;
}
