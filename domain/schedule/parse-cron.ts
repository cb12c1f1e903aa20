import { ConfigError } from '../shared/errors.ts';

/** The values that each field of a cron line allows, ascending. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Reads minute, hour, day of the month, month and day of the week: `*`, values, ranges `1-5`, steps `0-59/15`, lists, three letters for months and days of
 * the week, 0 or 7 for Sunday. Days of both kinds at once are refused: some read them as "and", some as "or". ConfigError for anything else.
 */
export function parseCron(line: string): Cron {
  const fields = line.trim().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (fields.length !== 5) throw refused(line, 'five fields', `${fields.length}`);
  if (!day.startsWith('*') && !weekday.startsWith('*')) throw refused(line, 'days of the month or of the week', 'both');
  const read = (text: string, least: number, most: number, names: readonly string[] = []): number[] =>
    readField(text, { least, most, names }) ?? fail(line, text);
  return {
    minutes: read(minute, 0, 59),
    hours: read(hour, 0, 23),
    days: read(day, 1, 31),
    months: read(month, 1, 12, MONTHS),
    weekdays: [...new Set(read(weekday, 0, 7, WEEKDAYS).map((value) => value % 7))].sort((left, right) => left - right),
  };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

/** Null for what is no field. */
function readField(text: string, bounds: Bounds): number[] | null {
  const parts = text.split(',').map((part) => readPart(part, bounds));
  if (parts.includes(null)) return null;
  return [...new Set(parts.flatMap((part) => part ?? []))].sort((left, right) => left - right);
}

function readPart(text: string, bounds: Bounds): number[] | null {
  const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const { least, most } = bounds;
  const [from, to = text.includes('/') ? most : undefined] =
    range === '*' ? [least, most] : range.split('-').map((value) => readValue(value, bounds));
  const last = to ?? from;
  if (from === undefined || last === undefined || !(from <= last) || Number(step) === 0 || range.split('-').length > 2) return null;
  return Array.from({ length: Math.floor((last - from) / Number(step)) + 1 }, (_, at) => from + at * Number(step));
}

/** NaN for what is no value. */
function readValue(text: string, { least, most, names }: Bounds): number {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + least;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : Number.NaN;
}

function fail(line: string, field: string): never {
  throw refused(line, 'values, ranges, steps and lists within their bounds', field);
}

function refused(line: string, expected: string, found: string): ConfigError {
  return new ConfigError(
    `reading when a schedule begins, on ${JSON.stringify(line)}: expected ${expected}, found ${found}.`,
    'Write it like `30 3 * * *`: minute, hour, day of the month, month, day of the week.',
  );
}
