import { join } from 'node:path';
import { readLines } from '../search-collection.ts';

/** How long queries are asked at least, after one round that nobody measures. */
const LEAST_MS = 3_000;

/** What one engine came to: queries a second on one thread, its memory, and the ten best of each query. */
export interface Timed {
  readonly queries_per_s: number;
  readonly rss_mb: number;
  readonly found: Readonly<Record<string, readonly string[]>>;
}

/** Asks every query again and again, one after the other. */
export function timeQueries(folder: string, search: (text: string) => readonly string[]): Timed {
  const queries = readLines<{ id: string; text: string }>(join(folder, 'queries.jsonl'));
  const found = Object.fromEntries(queries.map(({ id, text }) => [id, search(text)]));
  const started = performance.now();
  let asked = 0;
  while (performance.now() - started < LEAST_MS) {
    for (const { text } of queries) search(text);
    asked += queries.length;
  }
  const perSecond = (asked * 1_000) / (performance.now() - started);
  return { queries_per_s: perSecond, rss_mb: process.memoryUsage().rss / 2 ** 20, found };
}
