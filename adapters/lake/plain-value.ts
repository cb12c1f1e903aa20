import {
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBUnionValue,
  DuckDBVariantValue,
  type DuckDBValue,
} from '@duckdb/node-api';

/** A value of the lake in a form that JSON can hold. */
export type PlainValue = null | boolean | number | string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/**
 * A value of DuckDB as JSON can hold it, with nothing lost: integers outside ±(2^53 − 1) and decimals that a double would change are text,
 * and so are NaN and the infinities. Times are ISO 8601, with a `Z` when they name an instant. A map is a list of {key, value}, because its
 * keys need not be text. Whatever has no form of its own in JSON (an interval, a blob, a UUID) is DuckDB's text for it.
 */
export function plainValue(value: DuckDBValue): PlainValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return plainInteger(value);
    default:
      return value === null ? null : plainObject(value);
  }
}

function plainObject(value: Extract<DuckDBValue, object>): PlainValue {
  if (value instanceof DuckDBDecimalValue) return plainDecimal(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue) return plainEntries(Object.entries(value.entries));
  if (value instanceof DuckDBMapValue)
    return value.entries.map((entry) => ({ key: plainValue(entry.key), value: plainValue(entry.value) }));
  if (value instanceof DuckDBUnionValue) return plainEntries([[value.tag, value.value]]);
  if (value instanceof DuckDBVariantValue) return plainValue(value.value);
  if (value instanceof DuckDBDateValue) return value.isFinite ? value.toString() : value.days > 0 ? 'infinity' : '-infinity';
  // Its own text would be in the time zone of this machine.
  if (value instanceof DuckDBTimestampTZValue) return isoTime(new DuckDBTimestampValue(value.micros), 'Z');
  if (TIMESTAMPS.some((kind) => value instanceof kind)) return isoTime(value, '');
  return value.toString();
}

const TIMESTAMPS = [DuckDBTimestampValue, DuckDBTimestampSecondsValue, DuckDBTimestampMillisecondsValue, DuckDBTimestampNanosecondsValue];

function plainInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** Every decimal of up to 15 significant digits survives a double; a longer one may not. */
function plainDecimal(decimal: DuckDBDecimalValue): number | string {
  const text = decimal.toString();
  const [whole = '', fraction = ''] = text.split('.');
  if (/^0*$/.test(fraction)) return plainInteger(BigInt(whole));
  const digits = `${whole}${fraction}`.replace(/^-?0*|0+$/g, '');
  return digits.length <= 15 ? Number(text) : text;
}

function isoTime(value: { toString(): string }, zone: string): string {
  const text = value.toString();
  return /^\d+-\d\d-\d\d \d/.test(text) ? `${text.replace(' ', 'T')}${zone}` : text;
}

/** Built from entries: a column or field may be called `__proto__`. */
function plainEntries(entries: readonly (readonly [string, DuckDBValue])[]): PlainValue {
  return Object.fromEntries(entries.map(([name, value]) => [name, plainValue(value)]));
}
