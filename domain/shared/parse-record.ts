import { canonicalJson, startNotes, TooDeepError, type WritingNotes } from './canonical-json.ts';
import type { JsonValue } from './json.ts';
import { parseStrictJson, StrictJsonError, type JsonFault } from './strict-json.ts';

/** A parsed record with its canonical text, or what is wrong with it. */
export type ParsedRecord =
  | { readonly ok: true; readonly value: JsonValue; readonly canonical: string }
  | { readonly ok: false; readonly fault: JsonFault; readonly detail: string };

/**
 * Parses one record strictly (see {@link parseStrictJson}) at the speed of the built-in parser: the built-in one runs first, and a text in which a
 * strict reader could see something else is read again. What a double changed or could not hold and half surrogate pairs show while the value is
 * written; a key that stood twice shows by what the text lost.
 */
export function parseRecord(text: string): ParsedRecord {
  try {
    const value = JSON.parse(text) as JsonValue;
    const notes = startNotes(!text.includes('\\') && text.isWellFormed());
    const canonical = canonicalJson(value, notes);
    // Half a surrogate pair has no other form in canonical JSON than its escape.
    const isTrue = !notes.hasUnsafeInteger && (notes.isPlain || !canonical.includes('\\ud'));
    if (isTrue && keepsEveryKey(text, canonical, notes)) return { ok: true, value, canonical };
  } catch {
    // The strict reader says what is wrong.
  }
  return parseSlowly(text);
}

/**
 * False when a key stood twice in the text, and sometimes when none did. Canonical JSON has the shortest form of everything but numbers, so nothing
 * was lost where the length stayed the same. Else the keys are counted: each shows as `":`, and so do look-alikes inside strings, in both texts alike
 * where they are not spelled with an escape. Looking and counting takes a microsecond for each kilobyte.
 */
function keepsEveryKey(text: string, canonical: string, notes: WritingNotes): boolean {
  if (text.length === canonical.length && !notes.hasShorterNumber) return true;
  if (LOOSE_COLON.test(text)) return false;
  const marks = countKeyMarks(text);
  return marks === notes.keys || (!ESCAPED_MARK.test(text) && marks === countKeyMarks(canonical));
}

/** A key that does not show as `":`. */
const LOOSE_COLON = /"[ \t\r\n]+:/;
/** A quotation mark or colon in disguise. */
const ESCAPED_MARK = /\\u00(?:22|3[aA])/;

function countKeyMarks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) count += 1;
  return count;
}

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
