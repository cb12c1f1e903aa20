import { utf8ToBytes } from '@noble/hashes/utils.js';
import { emptySlots } from './empty-slots.ts';
import type { RankedDocs } from './ranked-docs.ts';
import { FIRST_HASH, hashNext } from './run-line.ts';

/** What is known of each entry of a run. */
interface EntryTable {
  idOf(entry: number): string;
  scoreOf(entry: number): number;
  /** FNV-1a of the id's bytes. */
  hashOf(entry: number): number;
  /** `id` has one character for each byte. */
  isId(entry: number, id: string): boolean;
}

/** The documents of one query as entries of a table. */
export class PackedDocs implements RankedDocs {
  readonly #table: EntryTable;
  readonly #entries: Uint32Array;

  constructor(table: EntryTable, entries: Uint32Array) {
    this.#table = table;
    this.#entries = entries;
  }

  get length(): number {
    return this.#entries.length;
  }

  keys(): string[] {
    return Array.from(this.#entries, (entry) => this.#table.idOf(entry));
  }

  keyAt(place: number): string | undefined {
    const entry = this.#entries[place];
    return entry === undefined ? undefined : this.#table.idOf(entry);
  }

  hits(): { readonly key: string; readonly score: number }[] {
    return Array.from(this.#entries, (entry) => ({ key: this.#table.idOf(entry), score: this.#table.scoreOf(entry) }));
  }

  /** Judged documents are few beside those found, so they are looked up by hash, and no id is made into a text. */
  gradesIn(grades: ReadonlyMap<string, number>): (number | null)[] {
    const judged = Array.from(grades, ([id, grade]) => ({ id: latin1Of(id), grade }));
    const slots = emptySlots(judged.length);
    const mask = slots.length - 1;
    for (const [at, { id }] of judged.entries()) {
      let slot = hashOf(id) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = at + 1;
    }
    const found: (number | null)[] = [];
    for (const entry of this.#entries) found.push(this.#gradeOf(entry, judged, slots));
    return found;
  }

  #gradeOf(entry: number, judged: readonly JudgedId[], slots: Int32Array): number | null {
    const mask = slots.length - 1;
    for (let slot = this.#table.hashOf(entry) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const { id, grade } = judged[slots[slot]! - 1]!;
      if (this.#table.isId(entry, id)) return grade;
    }
    return null;
  }
}

interface JudgedId {
  /** One character for each byte of the id. */
  readonly id: string;
  readonly grade: number;
}

function hashOf(id: string): number {
  let hash = FIRST_HASH;
  for (let at = 0; at < id.length; at += 1) hash = hashNext(hash, id.charCodeAt(at));
  return hash;
}

/** A text whose characters are the bytes of another in UTF-8: the text itself where it is ASCII, as nearly all ids are, and then nothing is made. */
function latin1Of(text: string): string {
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) > 0x7f) return Array.from(utf8ToBytes(text), (byte) => String.fromCharCode(byte)).join('');
  return text;
}
