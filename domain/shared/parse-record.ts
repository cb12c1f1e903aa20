import { canonicalJson, TooDeepError } from './canonical-json.ts';
import type { JsonValue } from './json.ts';
import { parseStrictJson, StrictJsonError, type JsonFault } from './strict-json.ts';

/** A parsed record with its canonical text, or what is wrong with it. */
export type ParsedRecord =
  | { readonly ok: true; readonly value: JsonValue; readonly canonical: string }
  | { readonly ok: false; readonly fault: JsonFault; readonly detail: string };

/**
 * Parses one record strictly (see {@link parseStrictJson}) at the speed of the built-in parser:
 * the built-in one runs first, and only a text in which a strict reader could see something else is read again.
 */
export function parseRecord(text: string): ParsedRecord {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (NEEDS_STRICT.test(text) || LOOSE_COLON.test(text)) return parseSlowly(text);
    const canonical = canonicalJson(value);
    // Every key shows as `":` in both texts, and so do look-alikes inside strings; a key that stood twice shows only in the source.
    if (countKeyMarks(text) !== countKeyMarks(canonical)) return parseSlowly(text);
    return { ok: true, value, canonical };
  } catch {
    return parseSlowly(text);
  }
}

/** Long digit runs and exponents may not survive a double; `\u` may hide a quote, a colon or half a surrogate pair. */
const NEEDS_STRICT = /\d{16}|\d[eE][+-]?\d{3}|\\u(?:[dD][89a-fA-F]|00(?:22|3[aA]))/;
/** A key that does not show as `":`. A pattern of its own: joined to the other, both become slower. */
const LOOSE_COLON = /"[ \t\r\n]+:/;

function parseSlowly(text: string): ParsedRecord {
  try {
    const value = parseStrictJson(text);
    return { ok: true, value, canonical: canonicalJson(value) };
  } catch (error) {
    if (error instanceof StrictJsonError) return { ok: false, fault: error.fault, detail: error.message };
    if (error instanceof TooDeepError) return { ok: false, fault: 'too_deep', detail: error.message };
    throw error;
  }
}

function countKeyMarks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) count += 1;
  return count;
}
