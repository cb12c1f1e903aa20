import type { Grams } from './grams.ts';

/** Runs of words as 64-bit hashes with the text that each was first seen in: a hash table in typed arrays, so that threads can be handed it as it is. */
export interface GramTable {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  /** Number of the text plus one; 0 where the slot is free. */
  readonly texts: Int32Array;
  /** One bit for each value of the first bits of `low`: what is not set is not there. Sixteen times smaller than the table, so it stays in the cache. */
  readonly maybe: Uint32Array;
  readonly entries: number;
}

/** A table that grows while runs are put in. */
export class GramTableBuilder {
  #table = emptyTable(1 << 12);
  /** In how many texts each run stands, and the last of them. */
  #counts = new Uint16Array(1 << 12);
  #last = new Int32Array(1 << 12);
  #used = 0;

  /** Puts a run of words of a text in; texts come one after the other. */
  add(low: number, high: number, text: number): void {
    if (2 * this.#used > this.#table.low.length) this.#grow();
    const slot = slotOf(this.#table, low, high);
    if (this.#table.texts[slot] === 0) {
      this.#table.low[slot] = low;
      this.#table.high[slot] = high;
      this.#table.texts[slot] = text + 1;
      this.#used += 1;
    } else if (this.#last[slot] === text) return;
    this.#last[slot] = text;
    if (this.#counts[slot]! < 0xffff) this.#counts[slot]! += 1;
  }

  /** Takes a run out for good, whatever texts it stands in. */
  forbid(low: number, high: number): void {
    const slot = slotOf(this.#table, low, high);
    if (this.#table.texts[slot] !== 0) this.#counts[slot] = 0xffff;
  }

  /** The runs that stand in at most so many texts, and how many were left out. */
  finish(mostTexts: number): { readonly table: GramTable; readonly kept: number; readonly leftOut: number } {
    const kept = this.#counts.reduce((sum, count) => sum + (count > 0 && count <= mostTexts ? 1 : 0), 0);
    const table = { ...emptyTable(roomFor(kept)), entries: kept };
    for (let slot = 0; slot < this.#counts.length; slot += 1) {
      const count = this.#counts[slot]!;
      if (count === 0 || count > mostTexts) continue;
      put(table, this.#table.low[slot]!, this.#table.high[slot]!, this.#table.texts[slot]!);
    }
    return { table, kept, leftOut: this.#used - kept };
  }

  #grow(): void {
    const [old, counts, last] = [this.#table, this.#counts, this.#last];
    this.#table = emptyTable(2 * old.low.length);
    this.#counts = new Uint16Array(this.#table.low.length);
    this.#last = new Int32Array(this.#table.low.length);
    for (let from = 0; from < old.low.length; from += 1) {
      if (old.texts[from] === 0) continue;
      const slot = put(this.#table, old.low[from]!, old.high[from]!, old.texts[from]!);
      this.#counts[slot] = counts[from]!;
      this.#last[slot] = last[from]!;
    }
  }
}

/** Calls `see` with the text and the place of every run that stands in the table. */
export function findIn(table: GramTable, runs: Grams, see: (text: number, at: number) => void): void {
  const { maybe, texts } = table;
  const { low, high } = runs;
  const bits = 32 * maybe.length - 1;
  for (let at = 0; at < runs.count; at += 1) {
    const bit = low[at]! & bits;
    if ((maybe[bit >>> 5]! & (1 << (bit & 31))) === 0) continue;
    const text = texts[slotOf(table, low[at]!, high[at]!)]! - 1;
    if (text !== -1) see(text, at);
  }
}

/** Where a run stands, or the free slot where it would. */
function slotOf({ low: lows, high: highs, texts }: GramTable, low: number, high: number): number {
  const mask = texts.length - 1;
  let slot = (low ^ (high >>> 7)) & mask;
  while (texts[slot] !== 0 && (lows[slot] !== low || highs[slot] !== high)) slot = (slot + 1) & mask;
  return slot;
}

function put(table: GramTable, low: number, high: number, text: number): number {
  const slot = slotOf(table, low, high);
  table.low[slot] = low;
  table.high[slot] = high;
  table.texts[slot] = text;
  const bit = low & (32 * table.maybe.length - 1);
  table.maybe[bit >>> 5]! |= 1 << (bit & 31);
  return slot;
}

/** A power of two, at most half full. */
function roomFor(entries: number): number {
  return 2 ** Math.max(4, Math.ceil(Math.log2(2 * entries + 1)));
}

function emptyTable(slots: number): GramTable {
  const maybe = new Uint32Array(Math.max(1, slots / 4));
  return { low: new Uint32Array(slots), high: new Uint32Array(slots), texts: new Int32Array(slots), maybe, entries: 0 };
}
