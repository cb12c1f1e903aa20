import { STOP_WORDS, wordsOf } from './analyze.ts';
import { Bm25, type QueryTerm } from './bm25.ts';
import { PostingsBuilder } from './postings.ts';
import type { SearchIndex } from './search-index.ts';

/** BM25 over pages and over chunks as if no stop word had been left out. */
export interface StopWordIndex {
  readonly pages: Bm25;
  readonly chunks: Bm25;
}

const NUMBERS: ReadonlyMap<string, number> = new Map([...STOP_WORDS].map((word, number) => [word, number]));

/** The stop words of a query that has no other word, each with how often it stands there; none for any other query. */
export function stopWordTerms(query: string): QueryTerm[] {
  const words = wordsOf(query);
  if (!words.every((word) => STOP_WORDS.has(word))) return [];
  return [...new Set(words)].map((word) => ({ term: NUMBERS.get(word)!, times: words.filter((other) => other === word).length }));
}

/** Counts the stop words of all pages by reading all texts: too slow for every query, and too much for every index to hold. */
export function indexStopWords(index: SearchIndex): StopWordIndex {
  const [pages, chunks] = [new PostingsBuilder(), new PostingsBuilder()];
  for (let page = 0; page < index.pageCount; page += 1) {
    const title = index.page(page).title;
    const texts: string[] = [];
    for (let chunk = index.firstChunks[page]!; chunk < index.firstChunks[page + 1]!; chunk += 1) {
      texts.push(index.chunkText(chunk));
      addRow(chunks, texts.slice(-1));
    }
    // The chunk of a page without text is its title.
    addRow(pages, texts.length === 1 && texts[0] === title ? texts : [title, ...texts]);
  }
  return { pages: new Bm25(pages.finish(NUMBERS.size)), chunks: new Bm25(chunks.finish(NUMBERS.size)) };
}

function addRow(rows: PostingsBuilder, texts: readonly string[]): void {
  const counts = new Map<number, number>();
  let length = 0;
  for (const word of texts.flatMap(wordsOf)) {
    length += 1;
    const number = NUMBERS.get(word);
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  for (const [number, count] of counts) rows.add(number, count);
  rows.endRow(length);
}
