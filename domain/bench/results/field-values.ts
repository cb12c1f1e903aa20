import { canonicalJson } from '../../shared/canonical-json.ts';
import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';

type Value = JsonValue | undefined;

/** Text of a field that should hold some; null for anything else. */
export function textOf(value: Value): string | null {
  return typeof value === 'string' ? value.toWellFormed() : null;
}

/** Text of a field that holds a label or a number. */
export function labelOf(value: Value): string | null {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : textOf(value);
}

/** A finite number; null for anything else. */
export function numberOf(value: Value): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A whole number that a 64-bit column and a double both hold; null for anything else. */
export function wholeOf(value: Value): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

export function yesNoOf(value: Value): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** The value as canonical JSON, with null in place of numbers that JSON has no form for; null when it is absent. */
export function jsonOf(value: Value): string | null {
  return value === undefined || value === null ? null : canonicalJson(finite(value));
}

/** The object in a field; an empty one where there is none. */
export function objectOf(value: Value): JsonObject {
  return isObject(value) ? value : {};
}

/** The list in a field; an empty one where there is none. */
export function listOf(value: Value): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function finite(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(finite);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, finite(item)])) : value;
}
