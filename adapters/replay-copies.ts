import { isObject, type JsonObject, type JsonValue } from '../domain/shared/json.ts';

/** A line by what sets it apart from another one (RFC 7396), or as a whole where it could not be told so to the byte. */
export type PackedCopy = { readonly patch: string; readonly line: null } | { readonly patch: null; readonly line: string };

/** Packs a line, which `value` was parsed from, against the value of another one. {@link unpackCopy} gives back its very text. */
export function packCopy(first: JsonValue, value: JsonValue, line: string): PackedCopy {
  const difference = differenceOf(first, value);
  if (difference === undefined) return { patch: null, line };
  const patch = JSON.stringify(difference);
  return JSON.stringify(merged(first, difference)) === line ? { patch, line: null } : { patch: null, line };
}

/** The text of a line that was packed against this value. */
export function unpackCopy(first: JsonValue, { patch, line }: PackedCopy): string {
  return patch === null ? line : JSON.stringify(merged(first, JSON.parse(patch) as JsonValue));
}

/** What makes `to` of `from`; undefined where no patch does, because in one null means that there is nothing. */
function differenceOf(from: JsonValue, to: JsonValue): JsonValue | undefined {
  if (to === null) return undefined;
  if (!isObject(from) || !isObject(to)) return to;
  const patch: Record<string, JsonValue> = {};
  for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null;
  for (const [key, value] of Object.entries(to)) {
    if (from[key] !== undefined && JSON.stringify(from[key]) === JSON.stringify(value)) continue;
    const difference = differenceOf(from[key] ?? null, value);
    if (difference === undefined) return undefined;
    patch[key] = difference;
  }
  return patch;
}

function merged(from: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const result: Record<string, JsonValue> = isObject(from) ? { ...from } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key] ?? null, value);
  }
  return result satisfies JsonObject;
}
