import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { QuarantineReason } from '../../../schemas/vocabulary.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { Attempt, LaidFile, PlacedAttempt, Refused, Told } from './telling.ts';

/** A line that no reader may take for a record. */
export interface BrokenLine {
  readonly raw: string | Uint8Array;
  readonly reason: QuarantineReason;
}

/** A record whose text is more than JSON.stringify would write. */
export interface SpelledRecord {
  readonly text: string;
  readonly attempts: readonly Attempt[];
}

/** Marks by which real exports differ. */
export interface LineStyle {
  readonly hasBom?: boolean;
  readonly lineEnd?: '\n' | '\r\n';
  /** The last line has no end. */
  readonly isOpen?: boolean;
}

/** Records as lines; `null` is a blank one, which counts as a line and as no record. */
export function layLines(path: string, entries: readonly (Told | SpelledRecord | BrokenLine | null)[], style: LineStyle = {}): LaidFile {
  const { hasBom = false, lineEnd = '\n', isOpen = false } = style;
  const pieces: Uint8Array[] = hasBom ? [utf8ToBytes('\uFEFF')] : [];
  const attempts: PlacedAttempt[] = [];
  const refused: Refused[] = [];
  for (const [line, entry] of entries.entries()) {
    if (entry !== null && 'attempts' in entry) {
      pieces.push(utf8ToBytes('text' in entry ? entry.text : JSON.stringify(entry.value)));
      attempts.push(...entry.attempts.map((attempt) => ({ line, ...attempt })));
    } else if (entry !== null) {
      pieces.push(typeof entry.raw === 'string' ? utf8ToBytes(entry.raw) : entry.raw);
      refused.push({ line, reason: entry.reason });
    }
    if (!isOpen || line < entries.length - 1) pieces.push(utf8ToBytes(lineEnd));
  }
  return { path, bytes: joinBytes(pieces), attempts, refused };
}

/** Records as the elements of an array. */
export function layArray(
  path: string,
  elements: readonly (Told | { readonly stray: JsonValue; readonly reason: QuarantineReason })[],
): LaidFile {
  const values = elements.map((element) => ('value' in element ? element.value : element.stray));
  const text = `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]\n`;
  const attempts = elements.flatMap((element, index) =>
    'value' in element ? element.attempts.map((attempt) => ({ pointer: `/${index}`, ...attempt })) : [],
  );
  const refused = elements.flatMap((element, index) => ('value' in element ? [] : [{ pointer: `/${index}`, reason: element.reason }]));
  return { path, bytes: utf8ToBytes(text), attempts, refused };
}

/** A JSON document, and what stands where in it. */
export function layDocument(
  path: string,
  document: JsonValue,
  attempts: readonly PlacedAttempt[],
  refused: readonly Refused[] = [],
): LaidFile {
  return { path, bytes: utf8ToBytes(`${JSON.stringify(document, null, 1)}\n`), attempts, refused };
}

/** A file that holds no records. */
export function layCompanion(path: string, text: string): LaidFile {
  return { path, bytes: utf8ToBytes(text), attempts: [], refused: [] };
}

/** Pieces one after the other. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
