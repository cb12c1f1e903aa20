import type { SearchPage } from '../../schemas/search-page.ts';
import { CHUNK_KINDS } from '../../schemas/vocabulary.ts';
import { chunkPage } from './chunk-page.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { INDEX_SECTIONS, INDEX_VERSION, type IndexSection } from './index-sections.ts';
import { listNames } from './name-lists.ts';
import { keyOrder, recordPages, type PageRecord } from './page-record.ts';
import { PostingsBuilder, type Postings } from './postings.ts';
import { writeSections } from './sections.ts';
import { TermCounts } from './term-counts.ts';
import { TermNumbers } from './term-numbers.ts';
import { hashTexts } from './text-numbers.ts';
import { TextStoreBuilder } from './text-store.ts';
import { encodeUtf8 } from './utf8.ts';

/** Makes an index of pages: each is cut into chunks and its terms are counted as it is added, its texts are kept as UTF-8 and its record is small. */
export class IndexBuilder {
  readonly #pages: SearchPage[] = [];
  readonly #terms = new TermNumbers();
  readonly #pagePostings = new PostingsBuilder();
  readonly #chunkPostings = new PostingsBuilder();
  readonly #pageWeights = new PostingsBuilder();
  readonly #passagePostings = new PostingsBuilder();
  readonly #titleLengths = new GrowingNumbers();
  readonly #firstChunks = new GrowingNumbers();
  readonly #chunkPlaces = new GrowingNumbers();
  readonly #chunkTexts = new TextStoreBuilder();
  readonly #pageCounts = new TermCounts();
  readonly #chunkCounts = new TermCounts();
  readonly #passageCounts = new TermCounts();
  #chunkCount = 0;

  /** Chunks of all pages so far. */
  get chunkCount(): number {
    return this.#chunkCount;
  }

  /** Pages get their numbers, and chunks theirs, in the order of adding. A key must not come twice. */
  add(page: SearchPage): void {
    this.#firstChunks.push(this.#chunkCount);
    const title = this.#terms.numbersOf(encodeUtf8(page.title));
    const inTitle = countTerms(title);
    for (const [term, count] of inTitle) this.#pageCounts.add(term, count);
    const length = title.length + this.#addChunks(page, title);
    this.#pageCounts.flush((term, count) => {
      this.#pagePostings.add(term, count);
      this.#pageWeights.add(term, count + (inTitle.get(term) ?? 0));
    });
    this.#pagePostings.endRow(length);
    this.#pageWeights.endRow(length + title.length);
    this.#titleLengths.push(title.length);
    const { compiled_truth: _compiled, timeline: _timeline, text: _text, takes: _takes, ...record } = page;
    this.#pages.push({ ...record, takes: [] });
  }

  /** Gives how many terms the page's texts have. */
  #addChunks(page: SearchPage, title: readonly number[]): number {
    let length = 0;
    // A page without text has its title as its chunk; its terms must not count twice.
    const isText = hasText(page);
    const context = isText ? title : [];
    for (const { kind, ordinal, text } of chunkPage(page)) {
      const bytes = encodeUtf8(text);
      const terms = this.#terms.numbersOf(bytes);
      for (const term of terms) this.#chunkCounts.add(term);
      this.#chunkCounts.flush((term, count) => {
        this.#chunkPostings.add(term, count);
        this.#passageCounts.add(term, count);
        if (isText) this.#pageCounts.add(term, count);
      });
      this.#chunkPostings.endRow(terms.length);
      for (const term of context) this.#passageCounts.add(term);
      this.#passageCounts.flush((term, count) => this.#passagePostings.add(term, count));
      this.#passagePostings.endRow(terms.length + context.length);
      this.#chunkTexts.add(bytes);
      this.#chunkPlaces.push(this.#pages.length);
      this.#chunkPlaces.push(ordinal * CHUNK_KINDS.length + CHUNK_KINDS.indexOf(kind));
      this.#chunkCount += 1;
      if (isText) length += terms.length;
    }
    return length;
  }

  /** The pieces of the index's file, in order. */
  finish(): Uint8Array[] {
    this.#firstChunks.push(this.#chunkCount);
    const pages = this.#pagePostings.finish(this.#terms.size);
    const weights = this.#pageWeights.finish(this.#terms.size);
    // Where every page is one chunk, passages say nothing that pages do not.
    const passages = this.#chunkCount > this.#pages.length ? this.#passagePostings.finish(this.#terms.size) : NO_POSTINGS;
    const chunks = this.#chunkPostings.finish(this.#terms.size);
    const records = recordPages(this.#pages);
    const names = listNames(this.#pages);
    const terms = this.#terms.store();
    const nameTexts = storeTexts(names.names);
    const recordTexts = storeTexts(records.map((record) => JSON.stringify(record)));
    const chunkTexts = this.#chunkTexts.finish();
    const incoming = findIncoming(records);
    const sections: Readonly<Record<IndexSection, Uint8Array | Uint32Array>> = {
      sizes: Uint32Array.of(records.length, this.#chunkCount, names.mostWords),
      recordStarts: recordTexts.starts,
      recordBytes: recordTexts.bytes,
      keyOrder: keyOrder(this.#pages),
      firstChunks: this.#firstChunks.values(),
      chunkPlaces: this.#chunkPlaces.values(),
      chunkTextStarts: chunkTexts.starts,
      chunkTextBytes: chunkTexts.bytes,
      termStarts: terms.starts,
      termBytes: terms.bytes,
      termSlots: hashTexts(terms),
      pageStarts: pages.starts,
      pageRows: pages.rows,
      pageCounts: pages.counts,
      pageLengths: pages.lengths,
      pageWeights: weights.counts,
      titleLengths: this.#titleLengths.values(),
      chunkStarts: chunks.starts,
      chunkRows: chunks.rows,
      chunkCounts: chunks.counts,
      chunkLengths: chunks.lengths,
      passageStarts: passages.starts,
      passageRows: passages.rows,
      passageCounts: passages.counts,
      passageLengths: passages.lengths,
      nameStarts: nameTexts.starts,
      nameBytes: nameTexts.bytes,
      nameSlots: hashTexts(nameTexts),
      nameListStarts: names.starts,
      nameListPages: names.pages,
      incomingStarts: incoming.starts,
      incomingPages: incoming.pages,
    };
    return writeSections(
      INDEX_VERSION,
      INDEX_SECTIONS.map((name) => sections[name]),
    );
  }
}

const NO_POSTINGS: Postings = {
  starts: new Uint32Array(1),
  rows: new Uint32Array(),
  counts: new Uint32Array(),
  lengths: new Uint32Array(),
};

function countTerms(terms: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function hasText({ compiled_truth: compiled, timeline, text }: SearchPage): boolean {
  return [compiled, timeline, text].some((part) => part !== undefined && /\S/.test(part));
}

function storeTexts(texts: Iterable<string>): { readonly starts: Uint32Array; readonly bytes: Uint8Array } {
  const store = new TextStoreBuilder();
  for (const text of texts) store.add(encodeUtf8(text));
  return store.finish();
}

/** The pages that link to each page, each once. */
function findIncoming(records: readonly PageRecord[]): { readonly starts: Uint32Array; readonly pages: Uint32Array } {
  const from = records.map(() => new Set<number>());
  for (const [number, { links }] of records.entries()) for (const { page } of links) from[page]!.add(number);
  const starts = new Uint32Array(records.length + 1);
  for (const [at, pages] of from.entries()) starts[at + 1] = starts[at]! + pages.size;
  return { starts, pages: Uint32Array.from(from.flatMap((pages) => [...pages])) };
}
