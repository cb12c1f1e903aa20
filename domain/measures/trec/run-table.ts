import { emptySlots } from './empty-slots.ts';
import { PackedDocs } from './packed-docs.ts';
import type { RankedDocs } from './ranked-docs.ts';

/** Part of every JavaScript engine, though not of the language's own library. */
declare const TextDecoder: new (label: 'utf-8', options: { readonly ignoreBOM: true }) => { decode(bytes: Uint8Array): string };
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const FIRST_ENTRIES = 1 << 12;
const AVERAGE_ID_BYTES = 16;
const USUAL_LINE_BYTES = 32;
/** 400 MB at most, whatever a file is said to hold. */
const MOST_FORESEEN = 1 << 23;

/** A document that stands twice for a query, by the line where it comes again. */
export interface Twin {
  readonly line: number;
  readonly doc: string;
}

/**
 * The entries of a run: for each the document's id as UTF-8 with its hash, the score and the line. Five million of them take 30 bytes each and their ids,
 * where maps of texts take a gigabyte.
 */
export class RunTable {
  #count = 0;
  #ids: Uint8Array;
  #starts: Float64Array;
  #hashes: Int32Array;
  #scores: Float32Array;
  #lines: Uint32Array;
  /** Entries of each query, as stretches of entries that follow each other. */
  readonly #stretches = new Map<string, { readonly first: number; count: number }[]>();
  #last: { readonly first: number; count: number } | undefined;

  /** `sizeBytes`: of the file, as far as it is known; room for as many lines as it usually has need not be made several times. */
  constructor(sizeBytes = 0) {
    const entries = Math.min(Math.max(FIRST_ENTRIES, Math.ceil(sizeBytes / USUAL_LINE_BYTES)), MOST_FORESEEN);
    this.#ids = new Uint8Array(entries * AVERAGE_ID_BYTES);
    this.#starts = new Float64Array(entries + 1);
    this.#hashes = new Int32Array(entries);
    this.#scores = new Float32Array(entries);
    this.#lines = new Uint32Array(entries);
  }

  get size(): number {
    return this.#count;
  }

  /** From here on, entries are those of this query. */
  beginQuery(query: string): void {
    const stretches = this.#stretches.get(query) ?? [];
    this.#last = { first: this.#count, count: 0 };
    stretches.push(this.#last);
    this.#stretches.set(query, stretches);
  }

  /** An entry of the query that was begun last; `hash`: FNV-1a of the id's bytes. */
  add(bytes: Uint8Array, from: number, to: number, hash: number, score: number, line: number): void {
    if (this.#count === this.#hashes.length) this.#growEntries();
    let end = this.#starts[this.#count]!;
    while (end + to - from > this.#ids.length) this.#ids = doubled(this.#ids);
    for (let at = from; at < to; at += 1) this.#ids[end++] = bytes[at]!;
    this.#hashes[this.#count] = hash;
    this.#scores[this.#count] = score;
    this.#lines[this.#count] = line;
    this.#count += 1;
    this.#starts[this.#count] = end;
    this.#last!.count += 1;
  }

  /** The rankings of all queries in the order of their first lines; `hearTwin` is told of every document that stands twice, before the better one is kept. */
  finish(hearTwin: (twin: Twin) => void): Map<string, RankedDocs> {
    const rankings = new Map<string, RankedDocs>();
    for (const [query, stretches] of this.#stretches) {
      const entries = entriesOf(stretches);
      rankings.set(query, new PackedDocs(this, this.#rank(this.#withoutTwins(entries, hearTwin))));
    }
    return rankings;
  }

  idOf(entry: number): string {
    return decoder.decode(this.#ids.subarray(this.#starts[entry], this.#starts[entry + 1]));
  }

  scoreOf(entry: number): number {
    return this.#scores[entry]!;
  }

  hashOf(entry: number): number {
    return this.#hashes[entry]!;
  }

  /** `id` has one character for each byte. */
  isId(entry: number, id: string): boolean {
    const start = this.#starts[entry]!;
    if (this.#starts[entry + 1]! - start !== id.length) return false;
    for (let at = 0; at < id.length; at += 1) if (this.#ids[start + at] !== id.charCodeAt(at)) return false;
    return true;
  }

  /** Negative when the id of `left` comes first in the order of bytes. */
  #compareIds(left: number, right: number): number {
    const ids = this.#ids;
    let [a, b] = [this.#starts[left]!, this.#starts[right]!];
    const [aEnd, bEnd] = [this.#starts[left + 1]!, this.#starts[right + 1]!];
    for (; a < aEnd && b < bEnd; a += 1, b += 1) if (ids[a] !== ids[b]) return ids[a]! - ids[b]!;
    return aEnd - a - (bEnd - b);
  }

  /** Highest score first, equal scores by descending id. */
  #isBefore(left: number, right: number): boolean {
    const [a, b] = [this.#scores[left]!, this.#scores[right]!];
    return a > b || (a === b && this.#compareIds(left, right) > 0);
  }

  #withoutTwins(entries: Uint32Array, hearTwin: (twin: Twin) => void): Uint32Array {
    const slots = emptySlots(entries.length);
    const mask = slots.length - 1;
    let kept = 0;
    for (const entry of entries) {
      let slot = this.#hashes[entry]! & mask;
      while (slots[slot] !== 0 && !this.#isTwin(entries[slots[slot]! - 1]!, entry)) slot = (slot + 1) & mask;
      if (slots[slot] === 0) {
        entries[kept] = entry;
        kept += 1;
        slots[slot] = kept;
        continue;
      }
      hearTwin({ line: this.#lines[entry]!, doc: this.idOf(entry) });
      const at = slots[slot]! - 1;
      if (this.#scores[entry]! > this.#scores[entries[at]!]!) entries[at] = entry;
    }
    return entries.subarray(0, kept);
  }

  #isTwin(left: number, right: number): boolean {
    return this.#hashes[left] === this.#hashes[right] && this.#compareIds(left, right) === 0;
  }

  /** Runs are nearly always written in their order, with a few ties in another one: these are moved to their places one by one. */
  #rank(entries: Uint32Array): Uint32Array {
    let moves = entries.length * MOST_MOVES;
    for (let at = 1; at < entries.length; at += 1) {
      const entry = entries[at]!;
      let to = at;
      for (; to > 0 && this.#isBefore(entry, entries[to - 1]!); to -= 1, moves -= 1) entries[to] = entries[to - 1]!;
      entries[to] = entry;
      if (moves < 0) return entries.sort((left, right) => (this.#isBefore(left, right) ? -1 : 1));
    }
    return entries;
  }

  #growEntries(): void {
    const starts = new Float64Array(this.#hashes.length * 2 + 1);
    starts.set(this.#starts);
    this.#starts = starts;
    this.#hashes = doubled(this.#hashes);
    this.#scores = doubled(this.#scores);
    this.#lines = doubled(this.#lines);
  }
}

const MOST_MOVES = 8;

function entriesOf(stretches: readonly { readonly first: number; readonly count: number }[]): Uint32Array {
  const entries = new Uint32Array(stretches.reduce((sum, { count }) => sum + count, 0));
  let at = 0;
  for (const { first, count } of stretches) for (let entry = first; entry < first + count; entry += 1) entries[at++] = entry;
  return entries;
}

function doubled<Numbers extends Uint8Array | Int32Array | Uint32Array | Float32Array>(values: Numbers): Numbers {
  const larger = new (values.constructor as new (length: number) => Numbers)(values.length * 2);
  larger.set(values);
  return larger;
}
