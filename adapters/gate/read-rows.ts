import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { CollectionError } from '../../domain/shared/errors.ts';
import { isObject, type JsonObject } from '../../domain/shared/json.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import {
  baselineHeaderSchema,
  baselineRowSchema,
  replayRowSchema,
  ROW_VERSION,
  type BaselineHeader,
  type BaselineRow,
  type ReplayRow,
} from '../../schemas/baseline.ts';

/** A text and what it is called in messages: the path that was given, perhaps with the revision that it was read from. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A text file. CollectionError when it is missing, cannot be read or is not UTF-8. */
export function readTextFile(path: string, name: string): NamedText {
  try {
    const bytes = readFileSync(path);
    if (isUtf8(bytes)) return { name, text: bytes.toString() };
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw problem({ file: name }, 'a file that can be read', code === 'ENOENT' ? 'none' : code, 'Name a file that exists.', error);
  }
  throw problem({ file: name }, 'text in UTF-8', 'other bytes', 'Name a file of JSON lines.');
}

/** Captured rows: a file of their own, or those of a baseline, whose header is passed over. CollectionError with the line of what is wrong. */
export function readRows(source: NamedText): ReplayRow[] {
  return readLines(source)
    .filter(({ value }) => !isHeader(value))
    .map((line) => check(replayRowSchema, line));
}

/** The header and rows of a baseline, each field as it was read. CollectionError with the line of what is wrong. */
export function readBaseline(source: NamedText): { readonly header: BaselineHeader; readonly rows: readonly BaselineRow[] } {
  const [first, ...rest] = readLines(source);
  if (first === undefined || !isHeader(first.value)) {
    const place = { file: source.name, line: first?.line ?? 1 };
    throw problem(place, '_kind to be "baseline_metadata" in the first line', 'a row', 'Make a baseline of it with `lauter eval publish`.');
  }
  return { header: check(baselineHeaderSchema, first), rows: rest.map((line) => check(baselineRowSchema, line)) };
}

interface Line {
  readonly file: string;
  readonly line: number;
  readonly value: JsonObject;
}

/** The lines that are not blank, each an object of our version. Nothing is used before all of them are. */
function readLines({ name, text }: NamedText): Line[] {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const read = lines.flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, { file: name, line: at + 1 })]));
  if (read.length > 0) return read;
  throw problem({ file: name }, 'at least one row', 'an empty file', 'Capture searches and export them with `lauter eval export`.');
}

function readLine(text: string, place: { readonly file: string; readonly line: number }): Line {
  const remedy = 'Mend that line, or export the rows again.';
  const parsed = parseRecord(text);
  if (!parsed.ok) throw problem(place, 'JSON', parsed.detail, remedy);
  if (!isObject(parsed.value)) throw problem(place, 'a JSON object', 'another value', remedy);
  const { schema_version: version } = parsed.value;
  if (version === ROW_VERSION) return { ...place, value: parsed.value };
  const found = version === undefined ? 'none' : typeof version === 'number' ? String(version) : 'something else';
  if (typeof version === 'number' && version > ROW_VERSION)
    throw problem(place, `schema_version ${ROW_VERSION}`, `${found}; upgrade Lauter to read it`, 'Install a newer Lauter.');
  throw problem(place, `schema_version ${ROW_VERSION}`, found, 'Add `"schema_version":1` if the row has that form.');
}

function isHeader(value: JsonObject): boolean {
  return value._kind === 'baseline_metadata';
}

/** The value itself, not what a schema makes of it: a schema would put its fields into another order. */
function check<Row>(schema: z.ZodType<Row>, { value, ...place }: Line): Row {
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue === undefined) return value as Row;
  const [, expected = 'of another form', found = 'something else'] = /expected (.+?)(?:, received (.+))?$/.exec(issue.message) ?? [];
  throw problem(place, `${issue.path.join('.')} to be ${expected}`, found, 'Mend that field, or export the rows again.');
}

function problem(
  place: { readonly file: string; readonly line?: number },
  expected: string,
  found: string,
  remedy: string,
  cause?: unknown,
): CollectionError {
  const at = place.line === undefined ? place.file : `${place.file}, line ${place.line}`;
  return new CollectionError(`reading rows, on ${at}: expected ${expected}, found ${found}.`, remedy, { ...place }, cause);
}
