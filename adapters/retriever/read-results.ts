import { ConfigError } from '../../domain/shared/errors.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import { findValues, isPath } from './find-values.ts';

/** Where results stand in an answer, and their fields inside a result, as JSONPaths (RFC 9535). */
export interface ResultPaths {
  readonly results: string;
  readonly slug: string;
  readonly source_id?: string | undefined;
  readonly chunk_id?: string | undefined;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly score?: string | undefined;
}

/** One result as an engine of others gives it. */
export interface FoundRow {
  readonly sourceId: string;
  readonly slug: string;
  readonly chunkId: number | null;
  readonly title: string;
  readonly text: string;
  /** Null when the engine says none. */
  readonly score: number | null;
}

const FIELDS = ['results', 'slug', 'source_id', 'chunk_id', 'title', 'text', 'score'] as const satisfies (keyof ResultPaths)[];
const EVERY_ELEMENT = /(?:\[\*\]|\.\*)$/;
const ID = 'an id (a text, or an integer below 2^53)';
const NO_LIST = 'found none';

/**
 * The results of an answer in the engine's own order, or the words "expected …, found …" that say why it is none. One result that cannot be read spoils the
 * whole answer: a list with a hole in it would be measured as if the engine had ranked it so. A source, title, text, score or chunk that is absent or null is
 * not known; one of another type is a fault.
 */
export function readResults(answer: JsonValue, paths: ResultPaths): FoundRow[] | string {
  const holder = EVERY_ELEMENT.test(paths.results) ? paths.results.replace(EVERY_ELEMENT, '') : undefined;
  // An empty list is an answer. No list at all is a fault, though the path selects nothing of either.
  if (holder !== undefined && isPath(holder) && !findValues(answer, holder).some(isContainer))
    return `expected a list at ${holder}, ${NO_LIST}`;
  const rows: FoundRow[] = [];
  for (const [place, node] of findValues(answer, paths.results).entries()) {
    const row = readRow(node, paths);
    if (typeof row === 'string') return `${row} in result ${place + 1}`;
    rows.push(row);
  }
  return rows;
}

/** ConfigError for a path that the standard does not know. */
export function checkPaths(paths: ResultPaths, setting: string): void {
  for (const field of FIELDS) {
    const path = paths[field];
    if (path === undefined || isPath(path)) continue;
    throw new ConfigError(
      `reading a JSONPath, on ${setting}.${field}: expected a path of RFC 9535, found ${JSON.stringify(path)}.`,
      'Write it as in $.results[*] or $.document.id.',
    );
  }
}

function isContainer(value: JsonValue): boolean {
  return Array.isArray(value) || isObject(value);
}

function readRow(node: JsonValue, paths: ResultPaths): FoundRow | string {
  try {
    return {
      sourceId: readField(node, paths.source_id, ID, asId) ?? 'default',
      slug: readField(node, paths.slug, ID, asId, true) as string,
      chunkId: readField(node, paths.chunk_id, 'an integer', asInteger) ?? null,
      title: readField(node, paths.title, 'a text', asPlainText) ?? '',
      text: readField(node, paths.text, 'a text', asPlainText) ?? '',
      score: readField(node, paths.score, 'a finite number', asFinite) ?? null,
    };
  } catch (error) {
    if (error instanceof FieldFault) return error.message;
    throw error;
  }
}

class FieldFault extends Error {}

function readField<Value>(
  node: JsonValue,
  path: string | undefined,
  expected: string,
  read: (value: JsonValue) => Value | undefined,
  isNeeded = false,
): Value | undefined {
  if (path === undefined) return undefined;
  const values = findValues(node, path);
  if (values.length > 1) throw new FieldFault(`expected one value at ${path}, found ${values.length}`);
  const [value] = values;
  if (value === undefined || value === null) {
    if (isNeeded) throw new FieldFault(`expected ${expected} at ${path}, found ${value === null ? 'null' : 'nothing'}`);
    return undefined;
  }
  const taken = read(value);
  if (taken === undefined) throw new FieldFault(`expected ${expected} at ${path}, found ${kindOf(value)}`);
  return taken;
}

/** Ids may be numbers, as long as reading them has not changed them. */
function asId(value: JsonValue): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /\S/.test(value) && value.isWellFormed() ? value : undefined;
}

function asInteger(value: JsonValue): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function asPlainText(value: JsonValue): string | undefined {
  return typeof value === 'string' ? value.toWellFormed() : undefined;
}

/** A number too large for a double has become infinite. */
function asFinite(value: JsonValue): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return /\S/.test(value) ? 'a text' : 'a blank text';
  return { number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object';
}
