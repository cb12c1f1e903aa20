import { setImmediate as turn } from 'node:timers/promises';
import { sha256 } from '../../adapters/digest.ts';
import { placed, type PageReading, type PageRefused } from '../../adapters/pages/reading.ts';
import type { LinePlace, LineStore } from '../../adapters/search/line-store.ts';
import { pageKey, pageLine } from '../../domain/search/index.ts';
import type { SearchPage } from '../../schemas/search-page.ts';

/** A page that is to be in a collection: where its line lies, and the sha256 of that line. */
export interface GatheredPage {
  readonly store: LineStore;
  readonly place: LinePlace;
  readonly contentHash: string;
}

/** What a collection is to hold, and what that is against what it held. */
export interface Gathered {
  /** By key, in no order. */
  readonly pages: ReadonlyMap<string, GatheredPage>;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  /** Pages that were read, duplicates left out. */
  readonly read: number;
  readonly quarantined: readonly PageRefused[];
}

export interface GatherRequest {
  readonly readings: AsyncIterable<PageReading>;
  /** Pages that are there; undefined for a collection that is new. */
  readonly before: LineStore | undefined;
  /** Takes the lines of pages that are new or another. */
  readonly fresh: LineStore;
  /** True when pages that are not read go. */
  readonly isReplaced: boolean;
  readonly onRead: (pages: number) => void;
  readonly signal: AbortSignal;
}

/** Pages, refused ones too, between two looks at interrupts: files are read without waiting, and nothing else would let an interrupt through. */
const TURN = 256;

/** Reads pages and compares them with those that are there. Of pages with one key the first counts; the others are quarantined. */
export async function gatherPages({ readings, before, fresh, isReplaced, onRead, signal }: GatherRequest): Promise<Gathered> {
  const pages = before === undefined ? new Map<string, GatheredPage>() : await pagesIn(before);
  const seen = new Map<string, string>();
  const quarantined: PageRefused[] = [];
  let [added, updated, count] = [0, 0, 0];
  for await (const reading of readings) {
    count += 1;
    if (count % TURN === 0) await turn(undefined, { signal });
    if ('reason' in reading) {
      quarantined.push({ path: reading.path, reason: reading.reason });
      continue;
    }
    const { path, place, page } = reading;
    const [key, at] = [pageKey(page), place === '' ? path : `${path}, ${place}`];
    const first = seen.get(key);
    if (first !== undefined) {
      quarantined.push({ path, reason: placed(place, `expected a slug of its own, found that of ${first}`) });
      continue;
    }
    seen.set(key, at);
    const line = pageLine(page);
    const [contentHash, known] = [sha256(line), pages.get(key)];
    if (known?.contentHash !== contentHash) {
      pages.set(key, { store: fresh, place: fresh.append(line), contentHash });
      if (known === undefined) added += 1;
      else updated += 1;
    }
    onRead(seen.size);
  }
  signal.throwIfAborted();
  const gone = isReplaced ? [...pages.keys()].filter((key) => !seen.has(key)) : [];
  for (const key of gone) pages.delete(key);
  return { pages, added, updated, removed: gone.length, read: seen.size, quarantined };
}

async function pagesIn(store: LineStore): Promise<Map<string, GatheredPage>> {
  const pages = new Map<string, GatheredPage>();
  for await (const { text, offset, sizeBytes } of store.lines())
    pages.set(pageKey(JSON.parse(text) as SearchPage), { store, place: { offset, sizeBytes }, contentHash: sha256(text) });
  return pages;
}
