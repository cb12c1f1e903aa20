import { VERDICT_WORDS, type VerdictWord } from '../../schemas/vocabulary.ts';
import { isObject, type JsonValue } from '../shared/json.ts';
import { quoteShort } from '../shared/text.ts';
import { csvRows } from '../shared/csv-rows.ts';

/** A verdict as a person wrote it into a file. `id` is an evidence id or the beginning of one. */
export interface Decision {
  /** From 1. */
  readonly line: number;
  readonly id: string;
  readonly verdict: VerdictWord;
  readonly by: string;
  readonly note?: string;
}

/** What is wrong with a line of the file. */
export interface DecisionFault {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

export interface Decisions {
  readonly decisions: readonly Decision[];
  readonly faults: readonly DecisionFault[];
}

/** Lengths that a name and a note may have. */
export interface DecisionLimits {
  readonly nameChars: number;
  readonly noteChars: number;
}

/**
 * Reads a file of decisions: JSON lines when it begins with a brace, else CSV with a header. Every faulty line is told. Fields and columns of
 * other names are passed over, so that a listing with verdicts written beside it will do.
 */
export function readDecisions(text: string, limits: DecisionLimits): Decisions {
  const plain = text.replace(/^\uFEFF/, '');
  const fields = /^\s*\{/.test(plain) ? jsonFields(plain) : csvFields(plain);
  const decisions: Decision[] = [];
  const faults: DecisionFault[] = [];
  for (const row of fields) {
    const read = 'expected' in row ? row : readFields(row, limits);
    if ('expected' in read) faults.push(read);
    else decisions.push(read);
  }
  return { decisions, faults };
}

interface Fields {
  readonly line: number;
  readonly values: ReadonlyMap<string, JsonValue>;
}

const NAMES = ['evidence_id', 'verdict', 'by', 'note'] as const;
const NEEDED = NAMES.slice(0, 3);

function jsonFields(text: string): (Fields | DecisionFault)[] {
  return text.split('\n').flatMap((source, at) => {
    if (source.trim() === '') return [];
    const value = parseLine(source);
    const line = at + 1;
    return isObject(value)
      ? { line, values: new Map(Object.entries(value)) }
      : { line, expected: 'a JSON object', found: quoteShort(source.trim(), FOUND_CHARS) };
  });
}

function parseLine(line: string): JsonValue | undefined {
  try {
    return JSON.parse(line) as JsonValue;
  } catch {
    return undefined;
  }
}

function csvFields(text: string): (Fields | DecisionFault)[] {
  const rows = csvRows(text);
  if (rows === undefined) return [{ line: 1, expected: 'CSV or JSON lines', found: 'a quote that is out of place or never ends' }];
  const [header, ...body] = rows;
  if (header === undefined) return [];
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const expected = `a header with ${NEEDED.join(', ')}, or JSON lines`;
    return [{ line: header.line, expected, found: quoteShort(header.cells.join(', '), FOUND_CHARS) }];
  }
  return body.map(({ line, cells }) =>
    cells.length === names.length
      ? { line, values: new Map(names.map((name, at) => [name, cells[at]!])) }
      : { line, expected: `${names.length} cells, as in the header`, found: String(cells.length) },
  );
}

const FOUND_CHARS = 80;

function readFields({ line, values }: Fields, { nameChars, noteChars }: DecisionLimits): Decision | DecisionFault {
  const wrong = (expected: string, found: JsonValue | undefined): DecisionFault => ({ line, expected, found: told(found) });
  const [id, verdict, by, note] = NAMES.map((name) => textOf(values.get(name)));
  if (id === undefined || !/^[0-9a-f]{1,64}$/i.test(id))
    return wrong('evidence_id: the id of a record or its beginning', values.get('evidence_id'));
  const word = VERDICT_WORDS.find((known) => known === verdict?.toLowerCase());
  if (word === undefined) return wrong(`verdict: ${VERDICT_WORDS.join(', ')}`, values.get('verdict'));
  if (by === undefined || by === '' || by.length > nameChars)
    return wrong(`by: who says so, in up to ${nameChars} characters`, values.get('by'));
  if (note === undefined && values.get('note') !== undefined && values.get('note') !== null)
    return wrong('note: a text', values.get('note'));
  if (note !== undefined && note.length > noteChars) return wrong(`note: at most ${noteChars} characters`, String(note.length));
  return { line, id: id.toLowerCase(), verdict: word, by, ...(note === undefined || note === '' ? {} : { note }) };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value.trim().normalize('NFC') : undefined;
}

function told(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  return quoteShort(typeof value === 'string' ? value : JSON.stringify(value), FOUND_CHARS);
}
