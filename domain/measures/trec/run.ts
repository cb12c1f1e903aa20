import { utf8ToBytes } from '@noble/hashes/utils.js';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { quoteShort } from '../../shared/text.ts';
import { inputError } from '../../shared/input-error.ts';
import { parseScore, splitColumns } from './columns.ts';
import type { RankedDocs } from './ranked-docs.ts';
import { FIRST_HASH, hashNext, readPlainLine, type RunLine } from './run-line.ts';
import { RunTable } from './run-table.ts';

/** What a system gave for each query, as trec_eval ranks it: from the highest score down, equal scores by descending id in the order of its bytes. */
export type Run = ReadonlyMap<string, RankedDocs>;

/** Takes the lines of a run file in as they come. */
export interface RunReader {
  /** The next bytes of the file, whole lines or not; nobody looks at them again. CollectionError with file and line for a line that is not one of a run. */
  feed(piece: Uint8Array): void;
  finish(): Run;
}

/** Part of every JavaScript engine, though not of the language's own library. */
declare const TextDecoder: new (label: 'utf-8', options: { readonly fatal: true }) => { decode(bytes: Uint8Array): string };

const LINE_FEED = 10;
const MOST_LINE_BYTES = 1 << 20;

/**
 * Reads a TREC run: query, iteration, document, rank, score, tag; iteration, rank and tag say nothing. A document that stands twice for a query is an
 * error, or keeps its better score when `isTwinAllowed`.
 */
export function openRunReader(
  file: string,
  { isTwinAllowed, sizeBytes }: { readonly isTwinAllowed: boolean; readonly sizeBytes?: number },
): RunReader {
  const table = new RunTable(sizeBytes);
  const plain: RunLine = { queryFrom: 0, queryTo: 0, docFrom: 0, docTo: 0, docHash: 0, score: 0 };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let carried = new Uint8Array();
  let line = 1;
  let query = new Uint8Array();

  function feed(piece: Uint8Array): void {
    let from = 0;
    if (carried.length > 0) {
      const end = piece.indexOf(LINE_FEED);
      carried = joined(carried, end === -1 ? piece : piece.subarray(0, end));
      if (carried.length > MOST_LINE_BYTES) throw refuse('a line of at most a megabyte', 'a longer one');
      if (end === -1) return;
      addLine(carried, 0, carried.length);
      from = end + 1;
    }
    for (let end = piece.indexOf(LINE_FEED, from); end !== -1; end = piece.indexOf(LINE_FEED, from)) {
      addLine(piece, from, end);
      from = end + 1;
    }
    carried = copyOf(piece, from, piece.length);
  }

  function addLine(bytes: Uint8Array, from: number, to: number): void {
    if (readPlainLine(bytes, from, to, plain)) {
      const { queryFrom, queryTo, docFrom, docTo, docHash, score } = plain;
      if (!isSame(query, bytes, queryFrom, queryTo)) beginQuery(copyOf(bytes, queryFrom, queryTo));
      table.add(bytes, docFrom, docTo, docHash, score, line);
    } else addOther(bytes.subarray(from, to));
    line += 1;
  }

  /** A line that is not as plain as nearly all are, perhaps none at all. */
  function addOther(bytes: Uint8Array): void {
    const columns = splitColumns(decode(bytes));
    if (columns === null) return;
    // trec_eval reads on after the tag and says nothing. A shifted column, by a space inside an id, shows in the rank.
    const isRun = columns.length === 6 || (columns.length > 6 && /^\d+$/.test(columns[3]!));
    if (!isRun) throw refuse('six columns (query, Q0, document, rank, score, tag)', `${columns.length}`);
    const [name, , doc, , points] = columns as [string, string, string, string, string];
    const score = parseScore(points);
    if (score === undefined) throw refuse('a finite number in single precision as the score', quoteShort(points, 40));
    const [queryBytes, id] = [utf8ToBytes(name), utf8ToBytes(doc)];
    if (!isSame(query, queryBytes, 0, queryBytes.length)) beginQuery(queryBytes);
    table.add(id, 0, id.length, id.reduce(hashNext, FIRST_HASH), score, line);
  }

  function beginQuery(bytes: Uint8Array<ArrayBuffer>): void {
    query = bytes;
    table.beginQuery(decode(bytes));
  }

  function decode(bytes: Uint8Array): string {
    try {
      return decoder.decode(bytes);
    } catch {
      throw refuse('text in UTF-8', 'other bytes');
    }
  }

  function refuse(expected: string, found: string, at = line): Error {
    return inputError('reading a run', { file, line: at }, expected, found, 'Correct that line: query Q0 document rank score tag.');
  }

  function finish(): Run {
    if (carried.length > 0) addLine(carried, 0, carried.length);
    if (table.size === 0)
      throw inputError('reading a run', { file }, 'at least one line', 'none', 'Give a file with the rankings of a system.');
    return table.finish((twin) => {
      if (!isTwinAllowed) throw refuse('each document once for a query', `${quoteShort(twin.doc, 80)} a second time`, twin.line);
    });
  }

  return { feed, finish };
}

/** Documents from the highest score down, equal scores by descending id in the order of its bytes, as trec_eval ranks them. */
export function rankDocs(scores: ReadonlyMap<string, number>): string[] {
  return [...scores].sort(([leftId, left], [rightId, right]) => right - left || compareCodePoints(rightId, leftId)).map(([id]) => id);
}

/** A piece may be written over once it was looked at; what Node's buffers call a slice is no copy. */
function copyOf(bytes: Uint8Array, from: number, to: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.subarray(from, to));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[from + at]) return false;
  return true;
}
