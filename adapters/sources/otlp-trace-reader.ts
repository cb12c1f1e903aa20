import type { ReadRecord } from '../../activities/ports.ts';
import { isObject, NumberText, type JsonValue } from '../../domain/shared/json.ts';
import { readElements } from '../element-reader.ts';
import { readLines } from '../line-reader.ts';
import { idOf, piecesIn, traceOf } from './otlp-pieces.ts';
import { readRecord, type RecordPlace } from './read-record.ts';

export interface TraceLimits {
  /** Largest line, and largest trace. */
  readonly maxBytes: number;
  /** How much of unfinished traces is held at a time. */
  readonly maxOpenBytes: number;
}

/**
 * Hands over a file of spans trace by trace, in memory that does not grow with the file. It is read once to learn on which line each trace is named
 * last, and once more to collect them: a trace is complete behind that line. When more is unfinished than `maxOpenBytes`, the trace that ends last is put
 * off to another reading; after {@link MAX_READINGS} what is left is too large. `open` starts at the beginning of the bytes each time.
 */
export async function* readTraces(open: () => AsyncIterable<Uint8Array>, limits: TraceLimits): AsyncIterable<ReadRecord[]> {
  const lastSeen = new Map<string, number>();
  for await (const entries of readEntries(open(), limits.maxBytes)) {
    // An id cut out of a text would keep the whole text alive: only copies are held.
    for (const { number, text } of entries) for (const id of idsIn(text)) lastSeen.set(lastSeen.has(id) ? id : copyOf(id), number);
  }
  let wanted: ReadonlySet<string> | undefined;
  for (let reading = 1; reading <= MAX_READINGS; reading += 1) {
    const collector = new TraceCollector(lastSeen, wanted, limits);
    for await (const entries of readEntries(open(), limits.maxBytes)) {
      const found = entries.flatMap((entry) => collector.take(entry));
      if (found.length > 0) yield found;
    }
    const rest = collector.end(reading === MAX_READINGS);
    if (rest.length > 0) yield rest;
    if (collector.putOff.size === 0) return;
    wanted = collector.putOff;
  }
}

/** Readings in which traces are collected; each finishes as many as fit. */
const MAX_READINGS = 8;

/** A line, or an element of an array, with its number in the file; without text where it could not be read. */
interface Entry {
  readonly number: number;
  readonly place: RecordPlace;
  readonly text: string;
  readonly fault: ReadRecord | undefined;
  /** A last line without its line feed, which may have been cut while it was written. */
  readonly endsFile: boolean;
}

interface OpenTrace {
  readonly id: string;
  /** Of its first piece. */
  readonly place: RecordPlace;
  readonly lines: number[];
  readonly pieces: JsonValue[];
  sizeBytes: number;
  isTooLarge: boolean;
}

/** One reading of the file: gathers the traces that are wanted and lets go of those that are complete. */
class TraceCollector {
  /** Traces left to the next reading, because too much was open at a time. */
  readonly putOff = new Set<string>();
  readonly #lastSeen: ReadonlyMap<string, number>;
  /** The traces to gather; undefined in the first reading, which gathers all and reports what cannot be read. */
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #limits: TraceLimits;
  readonly #open = new Map<string, OpenTrace>();
  #openBytes = 0;

  constructor(lastSeen: ReadonlyMap<string, number>, wanted: ReadonlySet<string> | undefined, limits: TraceLimits) {
    this.#lastSeen = lastSeen;
    this.#wanted = wanted;
    this.#limits = limits;
  }

  take(entry: Entry): ReadRecord[] {
    const isFirstReading = this.#wanted === undefined;
    if (entry.fault !== undefined) return isFirstReading ? [entry.fault] : [];
    const ids = idsIn(entry.text);
    if (!isFirstReading && !ids.some((id) => this.#isWanted(id))) return [];
    const found = this.#gatherFrom(entry);
    const ended = ids.filter((id) => this.#lastSeen.get(id) === entry.number).flatMap((id) => this.#finish(id));
    this.#putOffSome();
    return isFirstReading ? [...found, ...ended] : ended;
  }

  /** What is still open when the bytes end, and in the last reading what never found room. */
  end(isLastReading: boolean): ReadRecord[] {
    const found = [...this.#open.keys()].flatMap((id) => this.#finish(id));
    if (!isLastReading) return found;
    const left = [...this.putOff].map((id): ReadRecord => {
      const line = this.#lastSeen.get(id) ?? 0;
      const detail = `trace ${id}: its spans lie too far apart among those of other traces to be gathered in ${MAX_READINGS} readings of the file. Sort the file by trace, or split it`;
      return { fault: 'too_large', detail, locator: { line }, line };
    });
    return [...found, ...left];
  }

  /** Gathers the pieces of an entry; returns what in it is no piece of any trace. */
  #gatherFrom(entry: Entry): ReadRecord[] {
    const parsed = readRecord(entry.text, entry.place);
    if ('fault' in parsed) return [entry.endsFile && parsed.fault === 'broken_json' ? { ...parsed, fault: 'truncated_line' } : parsed];
    const strays: ReadRecord[] = [];
    for (const { value } of piecesIn(parsed.value) ?? [{ value: parsed.value }]) {
      const id = traceOf(value);
      if (id === undefined) strays.push({ value, canonical: undefined, ...entry.place });
      else if (this.#isWanted(id)) this.#gather(id, value, entry);
    }
    return strays;
  }

  #isWanted(id: string): boolean {
    return (this.#wanted?.has(id) ?? true) && !this.putOff.has(id);
  }

  #gather(id: string, piece: JsonValue, { place }: Entry): void {
    const trace = this.#open.get(id) ?? { id, place, lines: [], pieces: [], sizeBytes: 0, isTooLarge: false };
    this.#open.set(id, trace);
    const sizeBytes = roughSize(piece);
    if (!trace.isTooLarge && trace.sizeBytes + sizeBytes > this.#limits.maxBytes) {
      trace.isTooLarge = true;
      this.#openBytes -= trace.sizeBytes;
      trace.pieces.length = 0;
    }
    trace.sizeBytes += sizeBytes;
    if (trace.isTooLarge) return;
    trace.pieces.push(piece);
    trace.lines.push(place.line);
    this.#openBytes += sizeBytes;
  }

  #finish(id: string): ReadRecord[] {
    const trace = this.#close(id);
    if (trace === undefined) return [];
    if (!trace.isTooLarge) return [{ value: trace.pieces, canonical: undefined, lines: trace.lines, ...trace.place }];
    const detail = `trace ${id}: expected spans of at most ${this.#limits.maxBytes} bytes together, found about ${trace.sizeBytes}`;
    return [{ fault: 'too_large', detail, ...trace.place }];
  }

  #close(id: string): OpenTrace | undefined {
    const trace = this.#open.get(id);
    this.#open.delete(id);
    if (trace !== undefined && !trace.isTooLarge) this.#openBytes -= trace.sizeBytes;
    return trace;
  }

  /** Makes some more room than is needed, so that not every line sorts what is open; the trace that ends first always stays, so every reading gets on. */
  #putOffSome(): void {
    if (this.#openBytes <= this.#limits.maxOpenBytes) return;
    const endOf = ({ id }: OpenTrace): number => this.#lastSeen.get(id) ?? 0;
    const latestFirst = [...this.#open.values()].filter(({ isTooLarge }) => !isTooLarge).sort((left, right) => endOf(right) - endOf(left));
    for (const { id } of latestFirst.slice(0, -1)) {
      if (this.#openBytes <= this.#limits.maxOpenBytes * ROOM_LEFT) return;
      this.#close(id);
      this.putOff.add(id);
    }
  }
}

const ROOM_LEFT = 7 / 8;

/** Every id of a trace that a text names, in lower case; one that only a link names makes its trace wait longer, no more. */
function idsIn(text: string): string[] {
  const ids = new Set<string>();
  for (const [, id] of text.matchAll(TRACE_ID)) ids.add(idOf(id) ?? '');
  return [...ids];
}

function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

const TRACE_ID = /"(?:traceId|trace_id)"\s*:\s*"([^"\\]*)"/g;

/** Lines, or the elements of an array where the file begins with one. */
async function* readEntries(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncIterable<Entry[]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const all = chained(first.value, iterator);
  if (/^(?:\ufeff)?\s*\[/.test(Buffer.from(first.value.subarray(0, 4096)).toString('utf8'))) {
    let number = 0;
    for await (const elements of readElements(all, { maxBytes })) {
      yield elements.map((element) => {
        const place = { locator: { pointer: element.pointer }, line: element.line };
        const fault = 'fault' in element ? { fault: element.fault, detail: element.detail, ...place } : undefined;
        return { number: number++, place, text: 'text' in element ? element.text : '', fault, endsFile: false };
      });
    }
    return;
  }
  for await (const lines of readLines(all, { firstLine: 0, maxBytes, isLast: true })) {
    yield lines.map((line) => {
      const place = { locator: { line: line.line }, line: line.line };
      const fault = 'fault' in line ? { fault: line.fault, detail: line.detail, ...place } : undefined;
      return { number: line.line, place, text: 'text' in line ? line.text : '', fault, endsFile: 'text' in line && line.endsFile };
    });
  }
}

async function* chained(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** About as many bytes as the value takes in memory: what counts is its text. */
function roughSize(value: JsonValue): number {
  if (typeof value === 'string') return value.length + 2;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + roughSize(item), 2);
  if (value instanceof NumberText) return value.text.length;
  if (!isObject(value)) return 4;
  return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + 3 + roughSize(item), 2);
}
