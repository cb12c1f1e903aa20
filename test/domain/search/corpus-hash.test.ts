import { expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { corpusHashOf, pageKey, pageLine } from '../../../domain/search/index.ts';
import { searchPageSchema, type SearchPage } from '../../../schemas/search-page.ts';

const TODAY = searchPageSchema.parse({ slug: 'piers/north', title: 'North pier', text: 'Ferries leave at eight.' });
const LONG_AGO = searchPageSchema.parse({
  source_id: 'archive',
  slug: 'piers/north',
  title: 'North pier, 1908',
  aliases: ['Old pier'],
  links: [{ type: 'mentions', target: 'piers/south' }],
});

function corpusHash(pages: readonly SearchPage[]): string {
  return corpusHashOf(pages.map((page) => [pageKey(page), sha256(pageLine(page))]));
}

// Expected values come from another program: hashlib and json.dumps with sorted keys and no spaces.
test('the hash is that of sorted lines, whatever order the pages come in', () => {
  const expected = '7ed95017c963af30000dff6b474f8a14f4e3c634678a3d156b06c76095985b6c';
  expect(corpusHash([TODAY, LONG_AGO])).toBe(expected);
  expect(corpusHash([LONG_AGO, TODAY])).toBe(expected);
  expect(corpusHash([TODAY])).toBe('bd947758c048dce7da444021f93dcbd425ab8a51c6b46d02cfc84f1c60e36cb1');
});

test('no pages have the hash of nothing', () => {
  expect(corpusHash([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('another source, text or date is another collection', () => {
  const hashes = [
    TODAY,
    { ...TODAY, source_id: 'wiki' },
    { ...TODAY, text: 'Ferries leave at nine.' },
    { ...TODAY, effective_date: '2024-05-01' },
  ].map((page) => corpusHash([page]));
  expect(new Set(hashes).size).toBe(4);
});

test('lines are sorted by code points, as their bytes are', () => {
  const [sail, last] = ['default::\u{1f6a2}', 'default::\uff41'];
  expect(
    corpusHashOf([
      [sail, 'a'],
      [last, 'b'],
    ]),
  ).toBe(
    corpusHashOf([
      [last, 'b'],
      [sail, 'a'],
    ]),
  );
  // U+FF41 comes before U+1F6A2, although its UTF-16 unit is larger.
  expect(
    corpusHashOf([
      [sail, 'a'],
      [last, 'b'],
    ]),
  ).toBe('0120ae1da1342fa5dcebbe584245aa819bfcbeef7d8c7dcf68fb01c86dda8e27');
});
