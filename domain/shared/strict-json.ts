import { MAX_DEPTH } from './canonical-json.ts';
import { NumberText, type JsonObject, type JsonValue } from './json.ts';
import { quoteShort } from './text.ts';

/** What is wrong with a JSON text; the words are quarantine reasons. */
export type JsonFault = 'broken_json' | 'duplicate_key' | 'not_finite' | 'too_deep' | 'lone_surrogate';

export class StrictJsonError extends Error {
  readonly fault: JsonFault;
  /** Character offset at which it was noticed. */
  readonly offset: number;
  constructor(fault: JsonFault, offset: number, message: string) {
    super(`${message} at character ${offset}`);
    this.name = 'StrictJsonError';
    this.fault = fault;
    this.offset = offset;
  }
}

/**
 * Parses a JSON text that means the same to every reader: no duplicate keys, no NaN or infinity, no nesting beyond 200, no half surrogate pair.
 * Integers beyond 2^53 are returned as {@link NumberText}. Throws {@link StrictJsonError}.
 */
export function parseStrictJson(text: string): JsonValue {
  const cursor: Cursor = { text, at: 0 };
  const value = readValue(cursor, 0);
  skipSpace(cursor);
  if (cursor.at < text.length) throw broken(cursor, 'more text after the value');
  return value;
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readValue(cursor: Cursor, depth: number): JsonValue {
  skipSpace(cursor);
  const char = cursor.text[cursor.at];
  if (char === '{') return readObject(cursor, depth + 1);
  if (char === '[') return readArray(cursor, depth + 1);
  if (char === '"') return readString(cursor);
  if (char === 't') return readWord(cursor, 'true', true);
  if (char === 'f') return readWord(cursor, 'false', false);
  if (char === 'n') return readWord(cursor, 'null', null);
  return readNumber(cursor);
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  checkDepth(cursor, depth);
  const object: JsonObject = {};
  const seen = new Set<string>();
  cursor.at += 1;
  skipSpace(cursor);
  if (take(cursor, '}')) return object;
  for (;;) {
    skipSpace(cursor);
    const at = cursor.at;
    const key = readString(cursor);
    if (seen.has(key)) throw new StrictJsonError('duplicate_key', at, `key ${quoteShort(key, 60)} stands twice in one object,`);
    seen.add(key);
    skipSpace(cursor);
    if (!take(cursor, ':')) throw broken(cursor, 'expected ":"');
    // A plain assignment to "__proto__" would change the prototype instead of adding a key.
    Object.defineProperty(object, key, { value: readValue(cursor, depth), enumerable: true, writable: true, configurable: true });
    skipSpace(cursor);
    if (take(cursor, '}')) return object;
    if (!take(cursor, ',')) throw broken(cursor, 'expected "," or "}"');
  }
}

function readArray(cursor: Cursor, depth: number): JsonValue[] {
  checkDepth(cursor, depth);
  const array: JsonValue[] = [];
  cursor.at += 1;
  skipSpace(cursor);
  if (take(cursor, ']')) return array;
  for (;;) {
    array.push(readValue(cursor, depth));
    skipSpace(cursor);
    if (take(cursor, ']')) return array;
    if (!take(cursor, ',')) throw broken(cursor, 'expected "," or "]"');
  }
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

function readString(cursor: Cursor): string {
  STRING.lastIndex = cursor.at;
  const match = STRING.exec(cursor.text);
  if (match === null) throw broken(cursor, 'expected a string');
  const text = JSON.parse(match[0]) as string;
  if (!text.isWellFormed()) throw new StrictJsonError('lone_surrogate', cursor.at, 'a string holds half of a surrogate pair');
  cursor.at += match[0].length;
  return text;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const NOT_A_NUMBER = /-?(?:NaN|Infinity)/y;

function readNumber(cursor: Cursor): number | NumberText {
  NUMBER.lastIndex = cursor.at;
  const match = NUMBER.exec(cursor.text);
  if (match === null) {
    NOT_A_NUMBER.lastIndex = cursor.at;
    if (NOT_A_NUMBER.test(cursor.text)) throw new StrictJsonError('not_finite', cursor.at, 'NaN and infinities are not JSON,');
    throw broken(cursor, 'expected a value');
  }
  const value = Number(match[0]);
  if (!Number.isFinite(value)) throw new StrictJsonError('not_finite', cursor.at, `${match[0].slice(0, 40)} is too large for a double,`);
  cursor.at += match[0].length;
  const isInteger = match[1] === undefined && match[2] === undefined;
  return isInteger && !Number.isSafeInteger(value) ? new NumberText(match[0]) : value;
}

function readWord<Value extends JsonValue>(cursor: Cursor, word: string, value: Value): Value {
  if (!cursor.text.startsWith(word, cursor.at)) throw broken(cursor, 'expected a value');
  cursor.at += word.length;
  return value;
}

function skipSpace(cursor: Cursor): void {
  while (isSpace(cursor.text.charCodeAt(cursor.at))) cursor.at += 1;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function take(cursor: Cursor, char: string): boolean {
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
}

function checkDepth(cursor: Cursor, depth: number): void {
  if (depth > MAX_DEPTH) throw new StrictJsonError('too_deep', cursor.at, `nesting deeper than ${MAX_DEPTH} levels`);
}

/** Tells one character of what was found, not more: the rest may be half of a secret, which nothing would recognise as one. */
function broken(cursor: Cursor, what: string): StrictJsonError {
  const found = cursor.text.codePointAt(cursor.at);
  const told = found === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(found));
  return new StrictJsonError('broken_json', cursor.at, `${what}, found ${told}`);
}
