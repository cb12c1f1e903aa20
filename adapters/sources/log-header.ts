import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import { readElements } from '../element-reader.ts';

/** Entries of a log that say something of all its samples. The rest (plan, statistics, reductions) is not read. */
const HEADER_KEYS: ReadonlySet<string> = new Set(['version', 'status', 'eval', 'results', 'error', 'invalidated']);

/** True for an entry that belongs to the header. */
export function isHeaderKey(key: string): boolean {
  return HEADER_KEYS.has(key);
}

/**
 * The value of a header entry, or undefined when it cannot be read. NaN and infinities, which metrics may be, become null: a header is neither
 * signed nor stored, and one metric must not take a whole log away.
 */
export function headerValue(text: string): JsonValue | undefined {
  const strict = parseRecord(text);
  if (strict.ok) return strict.value;
  if (strict.fault !== 'not_finite') return undefined;
  const finite = parseRecord(text.replace(STRING_OR_INFINITE, (word) => (word.startsWith('"') ? word : 'null')));
  return finite.ok ? finite.value : undefined;
}

const STRING_OR_INFINITE = /"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)/g;

/** The header that a whole document is, or holds; undefined when it is no object. Entries over `maxBytes` are left out. */
export async function headerOf(bytes: Uint8Array, maxBytes: number): Promise<JsonObject | undefined> {
  const header: JsonObject = {};
  for await (const entries of readElements(once(bytes), { maxBytes })) {
    for (const entry of entries) {
      const value = 'text' in entry && isHeaderKey(entry.key) ? headerValue(entry.text) : undefined;
      if (value !== undefined) header[entry.key] = value;
    }
  }
  return Object.keys(header).length === 0 ? undefined : header;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
