import { asString, isObject, NumberText, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { parseStrictJson, StrictJsonError } from '../../shared/strict-json.ts';
import { isBlank, quoteShort } from '../../shared/text.ts';
import { inputError } from '../../shared/input-error.ts';

const DOING = 'reading judgments';
const REMEDY = 'Correct the file, whose form is {"schema_version": 1, "queries": [{"query": "…", "relevant_slugs": ["…"]}]}.';

/** A field of the file, for messages: `queries[3].relevant`. */
export interface FieldPlace {
  readonly file: string;
  readonly field: string;
}

/** Parses the whole file strictly. CollectionError with the line of what is wrong. */
export function parseJsonFile(text: string, file: string): JsonValue {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    const line = text.slice(0, error.offset).split('\n').length;
    throw inputError(DOING, { file, line }, 'JSON', error.message, REMEDY);
  }
}

/** The error for a field that is not what it must be; `found` tells the kind of what stands there, never long text. */
export function fieldError(place: FieldPlace, expected: string, found: string): Error {
  return inputError(DOING, { file: place.file }, `${place.field} to be ${expected}`, found, REMEDY);
}

export function takeObject(value: JsonValue | undefined, place: FieldPlace): JsonObject {
  if (!isObject(value)) throw fieldError(place, 'an object', kindOf(value));
  return value;
}

export function takeList(value: JsonValue | undefined, place: FieldPlace): JsonValue[] {
  if (!Array.isArray(value)) throw fieldError(place, 'a list', kindOf(value));
  return value;
}

/** A text that is not blank. */
export function takeText(value: JsonValue | undefined, place: FieldPlace): string {
  const text = asString(value);
  if (text === undefined || isBlank(text)) throw fieldError(place, 'a text that is not blank', kindOf(value));
  return text;
}

/** A whole number that a double holds. */
export function takeInteger(value: JsonValue | undefined, place: FieldPlace): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw fieldError(place, 'a whole number', kindOf(value));
  return value;
}

export function kindOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return isBlank(value) ? 'a blank text' : quoteShort(value, 60);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof NumberText) return 'a number that a double cannot hold';
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}
