import { describe, expect, test } from 'vitest';
import { chunkPage, IndexBuilder, KeywordArm, openIndex, pageKey, searchTitles, type SearchIndex } from '../../../domain/search/index.ts';
import { CollectionError } from '../../../domain/shared/errors.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';
import { fc } from '../../support/fast-check.ts';
import { indexBytes, indexOf, page, phrase, somePages } from '../../support/search-pages.ts';

/** Everything that an index can be asked, as far as it answers. */
function askAll(index: SearchIndex): unknown[] {
  const arm = new KeywordArm(index);
  const answers: unknown[] = [];
  for (const query of ['harbour tide pilot', 'the', 'Žižkov 港', 'orchard apples of élan']) {
    for (const ranking of ['bm25', 'fielded'] as const) {
      answers.push(arm.search(query, 20, ranking).map(({ chunk }) => [index.chunk(chunk), index.chunkId(chunk)]));
    }
    answers.push(searchTitles(index, query, 5));
  }
  for (let number = 0; number < Math.min(index.pageCount, 50); number += 1) {
    answers.push(index.facts(number), index.key(number), [...index.ofSlug(index.page(number).slug)]);
  }
  return answers;
}

describe('an index that is opened from its bytes', () => {
  test('has the pages and chunks that were added, in their order, whatever they hold', () => {
    fc.assert(
      fc.property(somePages, (pages) => {
        const index = indexOf(pages);
        const chunks = pages.flatMap((one, number) =>
          chunkPage(one).map(({ kind, ordinal, text }) => ({ page: number, kind, ordinal, text })),
        );
        expect([index.pageCount, index.chunkCount]).toEqual([pages.length, chunks.length]);
        expect(chunks.map((_, chunk) => index.chunk(chunk))).toEqual(chunks);
        expect(chunks.map((_, chunk) => [index.chunkText(chunk), index.pageOfChunk(chunk), index.chunkId(chunk)])).toEqual(
          chunks.map(({ text, page: number }, chunk) => [text, number, chunk]),
        );
        expect(pages.map((_, number) => index.key(number))).toEqual(pages.map(pageKey));
        const sorted = pages.map(pageKey).sort();
        expect([...index.keyOrder]).toEqual(pages.map((one) => sorted.indexOf(pageKey(one))));
        for (const [number, one] of pages.entries()) expect(index.facts(number)).toEqual(factsOf(one, pages));
      }),
      { numRuns: 200 },
    );
  });

  test('knows a page by its title and aliases as phrases, and by its slug', () => {
    const index = indexOf([
      page({ slug: 'Quay', title: 'The Old  Quay', aliases: ['pier—7', '—'] }),
      page({ source_id: 'wiki', slug: 'quay' }),
    ]);
    expect([...index.named('the old quay')]).toEqual([0]);
    expect([...index.named('pier 7')]).toEqual([0]);
    expect([...index.named('')]).toEqual([]);
    expect([...index.ofSlug('QUAY')]).toEqual([0, 1]);
  });

  test('reads halves of surrogate pairs as what UTF-8 makes of them, and keeps byte order marks', () => {
    const index = indexOf([page({ slug: 'a', text: '\ufefftide \ud83d' })]);
    expect(index.chunkText(0)).toMatch(/tide \ufffd$/);
  });

  test('is the same file for the same pages', () => {
    fc.assert(
      fc.property(somePages, (pages) => {
        expect(indexBytes(pages)).toEqual(indexBytes(pages));
      }),
      { numRuns: 20 },
    );
  });

  test('can lie at any place in memory', () => {
    const bytes = indexBytes([page({ text: 'tide' })]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(openIndex(shifted.subarray(3))!.chunkText(0)).toBe('tide');
  });

  test('of no page is an index', () => {
    expect(askAll(openIndex(indexBytes([]))!).flat()).toEqual([]);
    expect(new IndexBuilder().chunkCount).toBe(0);
  });
});

function factsOf(one: SearchPage, pages: readonly SearchPage[]): unknown {
  const keys = new Set(pages.map(pageKey));
  const linksOf = ({ source_id: source, links }: SearchPage): string[] => [
    ...new Set(links.map(({ target }) => `${source}::${target}`).filter((key) => keys.has(key))),
  ];
  return {
    type: one.type,
    aliases: one.aliases,
    links: linksOf(one),
    backlinks: pages.filter((other) => linksOf(other).includes(pageKey(one))).length,
    effective_date: one.effective_date ?? null,
    session_id: one.session_id ?? null,
    salience: one.salience ?? null,
    is_superseded: one.superseded_by === 'a',
  };
}

describe('bytes that are no index', () => {
  const pages = ['harbour', 'tide', 'pilot'].map((word, at) =>
    page({
      slug: `p${at}`,
      title: `The ${word}`,
      aliases: [word],
      text: Array.from({ length: 400 }, () => word).join(' '),
      links: [{ type: 'feeds', target: `p${(at + 1) % 3}` }],
    }),
  );
  const bytes = indexBytes(pages);

  test('of another file, another version, or none at all, are not opened', () => {
    const changed = (at: number, value: number): Uint8Array => Uint8Array.from(bytes, (byte, place) => (place === at ? value : byte));
    expect(openIndex(new Uint8Array())).toBeUndefined();
    expect(openIndex(new TextEncoder().encode('PAR1 and a long text that is something else '.repeat(50)))).toBeUndefined();
    expect(openIndex(changed(0, 0))).toBeUndefined();
    expect(openIndex(changed(4, 99))).toBeUndefined();
    expect(openIndex(changed(8, 1))).toBeUndefined();
  });

  test('that are cut off anywhere are not opened', () => {
    const opened = Array.from({ length: bytes.length }, (_, end) => end).filter((end) => openIndex(bytes.subarray(0, end)) !== undefined);
    // What follows the last section is padding.
    expect(opened.every((end) => bytes.length - end < 8)).toBe(true);
  });

  test('whose sections do not fit each other are not opened', () => {
    const other = indexBytes([...pages, page({ slug: 'p3', text: 'pier' })]);
    const [one, header] = [Uint8Array.from(bytes), new Uint32Array(bytes.buffer.slice(0, 24))];
    // The header of one and the sections of the other.
    one.set(other.subarray(header.byteLength, bytes.length), header.byteLength);
    expect(openIndex(one)).toBeUndefined();
  });

  test('with a page that is not there are not opened', () => {
    // The last section says which pages link to each: three numbers, and padding.
    const torn = Uint8Array.from(bytes);
    torn[bytes.length - 16] = 3;
    expect([openIndex(torn), openIndex(bytes)?.pageCount]).toEqual([undefined, 3]);
  });

  test('random bytes are not opened, with or without the right first words', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.boolean(), (random, hasHead) => {
        const tried = Uint8Array.from(random);
        if (hasHead) tried.set(bytes.subarray(0, Math.min(16, tried.length)));
        return openIndex(tried) === undefined;
      }),
    );
  });

  test('with damage anywhere either are not opened, or answer every question with something or a CollectionError', () => {
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0xff), fc.integer({ min: 0, max: 255 }));
    let opened = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 8 }), (damage) => {
        const torn = Uint8Array.from(bytes);
        for (const [at, byte] of damage) torn[at] = byte;
        const index = openIndex(torn);
        if (index === undefined) return;
        opened += 1;
        try {
          askAll(index);
        } catch (error) {
          expect(error).toBeInstanceOf(CollectionError);
          expect((error as Error).message).not.toMatch(/harbour|tide|pilot/);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(opened).toBeGreaterThan(100);
  });

  test('with a table of words that has no empty place ends its lookups', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length / 4 - 1 }), fc.integer({ min: 1, max: 400 }), phrase, (from, length, query) => {
        const torn = Uint8Array.from(bytes);
        torn.fill(0x01, Math.max(528, from * 4), from * 4 + length * 4);
        const index = openIndex(torn);
        if (index !== undefined) for (const word of query.split(' ')) index.findTerm(word);
      }),
      { numRuns: 500 },
    );
  });
});
