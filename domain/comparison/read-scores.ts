import { csvRows } from '../shared/csv-rows.ts';
import { inputError, type InputPlace } from '../shared/input-error.ts';
import { isObject, type JsonObject } from '../shared/json.ts';
import { parseRecord } from '../shared/parse-record.ts';
import { isBlank } from '../shared/text.ts';
import type { ScoredPair } from './measure-pairs.ts';

/** Scores of two arms, or differences, which stand as scores of an arm A that is 0 everywhere. */
export interface ReadScores {
  readonly form: 'differences' | 'scores';
  readonly pairs: readonly ScoredPair[];
}

/**
 * Reads what two arms scored, question by question: CSV with a header or JSON lines, with columns `a` and `b`, perhaps `id` and the column
 * `clusterField`, in which a question names what it shares with others (in CSV with `|` between); or differences B minus A, one number a line. Without
 * ids the order is that of the file. CollectionError with file and line for anything else.
 */
export function readScores(given: string, file: string, clusterField: string | null): ReadScores {
  const text = given.replace(/^\ufeff/, '');
  const first = text.split('\n').find((line) => !isBlank(line));
  if (first === undefined) throw refuse({ file }, 'at least one line', 'none');
  const isNumbers = toNumber(first.trim()) !== null;
  if (isNumbers && clusterField !== null) throw refuse({ file }, `columns a, b and ${clusterField}`, 'numbers alone');
  const records = isNumbers ? [] : first.trimStart().startsWith('{') ? readJsonLines(text, file) : readTable(text, file);
  const pairs = isNumbers ? readNumbers(text, file) : records.map((record) => readPair(record, clusterField));
  refuseTwins(pairs, records);
  return { form: isNumbers ? 'differences' : 'scores', pairs };
}

interface ScoreRecord {
  readonly place: InputPlace & { readonly line: number };
  readonly fields: JsonObject;
}

function readNumbers(text: string, file: string): ScoredPair[] {
  return text.split('\n').flatMap((content, at) => {
    if (isBlank(content)) return [];
    const difference = toNumber(content.trim());
    if (difference === null) throw refuse({ file, line: at + 1 }, 'a number', JSON.stringify(content.trim()));
    return [{ id: idOfLine(at + 1), a: 0, b: difference }];
  });
}

function readJsonLines(text: string, file: string): ScoreRecord[] {
  return text.split('\n').flatMap((content, at) => {
    if (isBlank(content)) return [];
    const place = { file, line: at + 1 };
    const record = parseRecord(content);
    if (!record.ok) throw refuse(place, 'a JSON object', record.detail);
    if (!isObject(record.value)) throw refuse(place, 'a JSON object', 'another value');
    return [{ place, fields: record.value }];
  });
}

function readTable(text: string, file: string): ScoreRecord[] {
  const rows = csvRows(text);
  if (rows === undefined) throw refuse({ file }, 'CSV', 'a quoted cell without an end');
  const [header, ...body] = rows;
  const names = header?.cells ?? [];
  if (!names.includes('a') || !names.includes('b'))
    throw refuse({ file, line: header?.line }, 'a number, a JSON object or a header with columns a and b', JSON.stringify(names.join(',')));
  return body.map(({ line, cells }) => {
    if (cells.length !== names.length) throw refuse({ file, line }, `${names.length} cells`, String(cells.length));
    return { place: { file, line }, fields: Object.fromEntries(names.map((name, column) => [name, cells[column]!])) };
  });
}

function readPair({ place, fields }: ScoreRecord, clusterField: string | null): ScoredPair {
  const pair = { id: readId(place, fields), a: readNumber(place, fields, 'a'), b: readNumber(place, fields, 'b') };
  return clusterField === null ? pair : { ...pair, clusters: readClusters(place, fields, clusterField) };
}

function readId(place: ScoreRecord['place'], { id }: JsonObject): string {
  if (id === undefined) return idOfLine(place.line);
  if (typeof id === 'string' && !isBlank(id)) return id;
  if (typeof id === 'number') return String(id);
  throw refuse(place, 'a text as id', 'none');
}

function readNumber(place: ScoreRecord['place'], fields: JsonObject, name: 'a' | 'b'): number {
  const value = fields[name];
  const number = typeof value === 'number' && Number.isFinite(value) ? value : typeof value === 'string' ? toNumber(value) : null;
  if (number !== null) return number;
  throw refuse(place, `a number as ${name}`, value === undefined ? 'none' : JSON.stringify(value));
}

function readClusters(place: ScoreRecord['place'], fields: JsonObject, name: string): string[] {
  const value = fields[name];
  if (value === undefined) throw refuse(place, `a column ${name}`, 'none');
  if (typeof value === 'string') return value.split('|').filter((key) => !isBlank(key));
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value) && value.every((key) => typeof key === 'string')) return value;
  throw refuse(place, `a text, or a list of texts, as ${name}`, 'another value');
}

function refuseTwins(pairs: readonly ScoredPair[], records: readonly ScoreRecord[]): void {
  const seen = new Set<string>();
  pairs.forEach(({ id }, at) => {
    if (seen.has(id)) throw refuse(records[at]!.place, 'an id of its own for each question', `${JSON.stringify(id)} a second time`);
    seen.add(id);
  });
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function toNumber(text: string): number | null {
  const number = Number(text);
  return NUMBER.test(text) && Number.isFinite(number) ? number : null;
}

/** Ids are put in order as texts, so the places have as many digits as the longest file has. */
function idOfLine(line: number): string {
  return String(line).padStart(12, '0');
}

function refuse(place: InputPlace, expected: string, found: string): Error {
  return inputError('reading scores', place, expected, found, 'Give one difference a line, or columns a and b as CSV or JSON lines.');
}
