import { CHUNK_KINDS, type ChunkKind } from '../../schemas/vocabulary.ts';
import { Bm25, type Bm25Constants } from './bm25.ts';
import type { PageFacts } from './candidate.ts';
import { isConsistent } from './check-index.ts';
import { INDEX_SECTIONS, INDEX_VERSION, type IndexSection } from './index-sections.ts';
import { slugName } from './name-lists.ts';
import { pageKey, readRecord, type PageRecord } from './page-record.ts';
import type { Postings } from './postings.ts';
import { readSections, wordsOf as numbersOf } from './sections.ts';
import { TextNumbers } from './text-numbers.ts';
import { TextStore } from './text-store.ts';

/** A chunk as it stands in an index. */
export interface IndexedChunk {
  readonly page: number;
  readonly kind: ChunkKind;
  readonly ordinal: number;
  readonly text: string;
}

/**
 * What can be looked up about pages and chunks, each by its number. Nothing of the file is read before it is asked for; what turns out to be no record
 * of a page then is a CollectionError.
 */
export interface SearchIndex {
  readonly pageCount: number;
  readonly chunkCount: number;
  /** Decides between equal scores: the place of each page among all keys. */
  readonly keyOrder: Uint32Array;
  /** First chunk of each page, and one number more for the end. */
  readonly firstChunks: Uint32Array;
  /** Words of the longest title or alias. */
  readonly mostNameWords: number;
  /** BM25 over whole pages with their titles, and over chunks: the reference. */
  readonly pages: Bm25;
  readonly chunks: Bm25;
  /** BM25 over pages in which a title counts twice, and over chunks that have the title of their page; the second is null when no page has a choice. */
  readonly weightedPages: Bm25;
  readonly passages: Bm25 | null;
  page(number: number): PageRecord;
  key(page: number): string;
  facts(page: number): PageFacts;
  chunk(number: number): IndexedChunk;
  chunkText(number: number): string;
  chunkId(number: number): number;
  pageOfChunk(number: number): number;
  /** The number of a term; undefined for one that no page has. */
  findTerm(term: string): number | undefined;
  /** The pages of that title or alias, a phrase as `phraseOf` makes it. */
  named(phrase: string): Uint32Array;
  /** The pages of that slug, in any letter case. */
  ofSlug(slug: string): Uint32Array;
  /** The pages that link to a page. */
  incoming(page: number): Uint32Array;
}

/** Constants of the better ranking, chosen on a part of the data that it was not judged by: docs/design/0016. */
const WEIGHTED: Bm25Constants = { k1: 1.2, b: 0.6 };
const PASSAGES: Bm25Constants = { k1: 1.2, b: 0.4 };

/** Opens an index over the bytes of its file; undefined when they are not one of this version, are cut off, or do not fit together. */
export function openIndex(file: Uint8Array): SearchIndex | undefined {
  const read = readSections(INDEX_VERSION, INDEX_SECTIONS.length, file);
  if (read === undefined) return undefined;
  const bytes = (name: IndexSection): Uint8Array => read[INDEX_SECTIONS.indexOf(name)]!;
  const numbers = (name: IndexSection): Uint32Array => numbersOf(bytes(name));
  if (!isConsistent(numbers, (name) => bytes(name).byteLength)) return undefined;
  const texts = (starts: IndexSection, name: IndexSection): TextStore => new TextStore(numbers(starts), bytes(name));
  const postings = (of: 'page' | 'chunk' | 'passage'): Postings => ({
    starts: numbers(`${of}Starts`),
    rows: numbers(`${of}Rows`),
    counts: numbers(`${of}Counts`),
    lengths: numbers(`${of}Lengths`),
  });
  const [pageCount, chunkCount, mostNameWords] = numbers('sizes') as unknown as [number, number, number];
  const records = texts('recordStarts', 'recordBytes');
  const chunkTexts = texts('chunkTextStarts', 'chunkTextBytes');
  const terms = new TextNumbers(texts('termStarts', 'termBytes'), numbers('termSlots'));
  const names = new TextNumbers(texts('nameStarts', 'nameBytes'), numbers('nameSlots'));
  const [places, nameStarts, namePages] = [numbers('chunkPlaces'), numbers('nameListStarts'), numbers('nameListPages')];
  const [incomingStarts, incomingPages] = [numbers('incomingStarts'), numbers('incomingPages')];
  const [pages, titles] = [postings('page'), numbers('titleLengths')];
  const known = new Map<number, PageRecord>();

  function page(number: number): PageRecord {
    const record = known.get(number) ?? readRecord(records.at(number), pageCount);
    known.set(number, record);
    return record;
  }
  const pagesNamed = (name: string): Uint32Array => {
    const number = names.find(name);
    return number === undefined ? new Uint32Array() : namePages.subarray(nameStarts[number], nameStarts[number + 1]);
  };
  const incoming = (number: number): Uint32Array => incomingPages.subarray(incomingStarts[number], incomingStarts[number + 1]);

  return {
    pageCount,
    chunkCount,
    mostNameWords,
    keyOrder: numbers('keyOrder'),
    firstChunks: numbers('firstChunks'),
    pages: new Bm25(pages),
    chunks: new Bm25(postings('chunk')),
    weightedPages: new Bm25(
      { ...pages, counts: numbers('pageWeights'), lengths: pages.lengths.map((length, at) => length + titles[at]!) },
      WEIGHTED,
    ),
    passages: chunkCount > pageCount ? new Bm25(postings('passage'), PASSAGES) : null,
    page,
    key: (number) => pageKey(page(number)),
    facts: (number) => {
      const { type, aliases, links, effective_date, session_id, salience, is_superseded } = page(number);
      return {
        type,
        aliases,
        links: [...new Set(links.map((link) => pageKey(page(link.page))))],
        backlinks: incoming(number).length,
        effective_date,
        session_id,
        salience,
        is_superseded,
      };
    },
    chunk: (number) => {
      const place = places[number * 2 + 1]!;
      const kind = CHUNK_KINDS[place % CHUNK_KINDS.length]!;
      return { page: places[number * 2]!, kind, ordinal: Math.floor(place / CHUNK_KINDS.length), text: chunkTexts.at(number) };
    },
    chunkText: (number) => chunkTexts.at(number),
    chunkId: (number) => number,
    pageOfChunk: (number) => places[number * 2]!,
    findTerm: (term) => terms.find(term),
    named: pagesNamed,
    ofSlug: (slug) => pagesNamed(slugName(slug)),
    incoming,
  };
}
