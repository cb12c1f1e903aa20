import { IndexBuilder, KeywordArm, openIndex, type SearchIndex } from '../../domain/search/index.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import { fc } from './fast-check.ts';

/** A page about a harbour, with what is stated instead. */
export function page(fields: Partial<SearchPage> = {}): SearchPage {
  return { source_id: 'default', slug: 'kotor', title: '', type: 'page', aliases: [], links: [], takes: [], ...fields };
}

/** The bytes of an index of these pages. */
export function indexBytes(pages: readonly SearchPage[]): Uint8Array {
  const builder = new IndexBuilder();
  for (const one of pages) builder.add(one);
  return Uint8Array.from(builder.finish().flatMap((piece) => [...piece]));
}

/** An index of these pages, opened from its bytes. */
export function indexOf(pages: readonly SearchPage[]): SearchIndex {
  const index = openIndex(indexBytes(pages));
  if (index === undefined) throw new Error('an index that was just built cannot be opened');
  return index;
}

/** The keyword arm of an index of these pages. */
export function keywordsOf(pages: readonly SearchPage[]): { readonly index: SearchIndex; readonly arm: KeywordArm } {
  const index = indexOf(pages);
  return { index, arm: new KeywordArm(index) };
}

const words = [
  'harbour',
  'harbours',
  'tide',
  'tidal',
  'pilot',
  'piloting',
  'orchard',
  'apple',
  'the',
  'of',
  'Žižkov',
  '港',
  'élan',
  '42',
  'B2',
];

/** A few words of harbours and orchards, some of them beyond ASCII. */
export const phrase: fc.Arbitrary<string> = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join(' '));

const paragraphs = fc.array(phrase, { maxLength: 3 }).map((some) => some.join('\n\n'));
const slug = fc.constantFrom('a', 'b', 'c', 'd', 'test/e', 'f/g', 'h-i', 'ü');

/** Pages of different keys, with any of the texts that a page may have. */
export const somePages: fc.Arbitrary<SearchPage[]> = fc.uniqueArray(
  fc.record(
    {
      source_id: fc.constantFrom('default', 'wiki'),
      slug,
      title: phrase,
      type: fc.constantFrom('page', 'harbour'),
      compiled_truth: paragraphs,
      timeline: paragraphs,
      text: paragraphs,
      aliases: fc.array(phrase, { maxLength: 2 }),
      links: fc.array(fc.record({ type: fc.constantFrom('supplies', 'rivals'), target: slug }), { maxLength: 3 }),
      takes: fc.constant([]),
      superseded_by: fc.constantFrom('', 'a'),
      effective_date: fc.constant('2026-03-04'),
      session_id: fc.constantFrom('s1', 's2'),
      salience: fc.constantFrom(0, 0.5, 1),
    },
    { requiredKeys: ['source_id', 'slug', 'title', 'type', 'aliases', 'links', 'takes'] },
  ) as fc.Arbitrary<SearchPage>,
  { maxLength: 12, selector: ({ source_id: source, slug: name }) => `${source}::${name}` },
);
