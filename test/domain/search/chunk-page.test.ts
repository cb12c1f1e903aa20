import { describe, expect, test } from 'vitest';
import { chunkPage, type Chunk } from '../../../domain/search/index.ts';
import { searchPageSchema, type SearchPage } from '../../../schemas/search-page.ts';
import { fc } from '../../support/fast-check.ts';

const page = (fields: Partial<SearchPage>): SearchPage => searchPageSchema.parse({ slug: 'harbour/pilot', title: 'The pilot', ...fields });
const words = (count: number, word = 'tide'): string => Array.from({ length: count }, () => word).join(' ');
const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
const sizes = (chunks: readonly Chunk[]): number[] => chunks.map(({ text }) => wordsOf(text).length);

describe('chunker', () => {
  test('a short page is one chunk of its own text', () => {
    expect(chunkPage(page({ text: '\n Ferries leave at dawn.\n\nPilots wait. \n' }))).toEqual([
      { kind: 'body', ordinal: 0, text: 'Ferries leave at dawn.\n\nPilots wait.', tokens: 9 },
    ]);
  });

  test('kinds are cut apart, each counted from 0', () => {
    const chunks = chunkPage(page({ compiled_truth: 'Kotor has two piers.', timeline: words(400), text: 'Old notes.' }));
    expect(chunks.map(({ kind, ordinal }) => `${kind} ${ordinal}`)).toEqual(['compiled_truth 0', 'timeline 0', 'timeline 1', 'body 0']);
  });

  test('a page without text is one chunk with its title', () => {
    const expected = [{ kind: 'body', ordinal: 0, text: 'The pilot', tokens: 3 }];
    expect(chunkPage(page({}))).toEqual(expected);
    expect(chunkPage(page({ text: '', timeline: ' \r\n\t ' }))).toEqual(expected);
  });

  test('paragraphs that fit stay whole: a chunk is full at 300 words and never beyond 360', () => {
    expect(sizes(chunkPage(page({ text: [words(250), words(100), words(100)].join('\n\n') })))).toEqual([350, 100]);
    expect(sizes(chunkPage(page({ text: [words(250), words(111), words(100)].join('\r\n\r\n') })))).toEqual([250, 211]);
    expect(sizes(chunkPage(page({ text: [words(300), words(10)].join('\n \n') })))).toEqual([300, 10]);
  });

  test('a paragraph that does not fit is cut between sentences, a sentence between words', () => {
    const sentence = (count: number): string => `${words(count - 1)} (“low.”)`;
    expect(sizes(chunkPage(page({ text: Array.from({ length: 5 }, () => sentence(170)).join(' ') })))).toEqual([340, 340, 170]);
    expect(sizes(chunkPage(page({ text: words(1_000) })))).toEqual([300, 300, 300, 100]);
    expect(sizes(chunkPage(page({ text: `${words(10)}\n\n${words(1_000)}` })))).toEqual([300, 300, 300, 110]);
  });

  test('a single line break parts nothing', () => {
    expect(sizes(chunkPage(page({ text: `${words(200)}\n${words(200)}` })))).toEqual([300, 100]);
  });

  test('a word beyond 2,000 characters is cut there, on a code point boundary, and its pieces do not grow together', () => {
    const lengths = (text: string): number[] => chunkPage(page({ text })).map((chunk) => chunk.text.length);
    expect(lengths('a'.repeat(2_000))).toEqual([2_000]);
    expect(lengths('a'.repeat(5_000))).toEqual([2_000, 2_000, 1_000]);
    expect(lengths(`b ${'a'.repeat(2_001)} c`)).toEqual([2_002, 3]);
    expect(lengths(`a${'🌊'.repeat(1_500)}`)).toEqual([1_999, 1_002]);
  });

  test('no word is lost, doubled or out of order, and no chunk is too long, whatever the text', () => {
    const separator = fc.constantFrom(' ', '\n', '\n\n', '. ', '!\n\n', ' ', '? ');
    const part = fc.tuple(fc.integer({ min: 1, max: 500 }), separator);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        let at = 0;
        const text = parts.map(([count, end]) => Array.from({ length: count }, () => `w${(at += 1)}`).join(' ') + end).join('');
        const chunks = chunkPage(page({ text, title: '' }));
        expect(chunks.flatMap((chunk) => wordsOf(chunk.text))).toEqual(wordsOf(text));
        for (const chunk of chunks) {
          expect(wordsOf(chunk.text).length).toBeLessThanOrEqual(360);
          expect(text).toContain(chunk.text);
        }
      }),
    );
  });

  test('holds of any text: white space aside, the chunks say what the page says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const joined = chunkPage(page({ text, title: '' }))
          .map((chunk) => chunk.text)
          .join('');
        expect(joined.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
