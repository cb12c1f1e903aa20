import { expect, test } from 'vitest';
import { lastJsonText } from '../../../domain/shared/last-json.ts';
import { fc } from '../../support/fast-check.ts';

test.each([
  ['a value alone', '{"tide": [1, 2]}', '{"tide": [1, 2]}'],
  ['the last of two', '{"tide": 1} then {"tide": 2} end', '{"tide": 2}'],
  ['not what stands inside it', '{"tide": {"low": 1}, "ebb": [2]}', '{"tide": {"low": 1}, "ebb": [2]}'],
  ['not what stands in a string of it', '{"note": "so {\\"tide\\": 9} it says"}', '{"note": "so {\\"tide\\": 9} it says"}'],
  ['an empty one', 'nothing: {}', '{}'],
  ['behind stray braces', '}} {pier} {"tide": } {{"tide": 3}', '{"tide": 3}'],
  ['what is whole in one that is not', '{"tide": [1, 2], "ebb', '[1, 2]'],
  ['a key that stands twice', '{"tide": 1, "tide": 2}', '{"tide": 1, "tide": 2}'],
])('finds %s', (_, text, found) => {
  expect(lastJsonText(text)).toBe(found);
});

test.each([
  ['words', 'The tide is 7, as true as can be, "really".'],
  ['a comma too many', '{"tide": 1,}'],
  ['single quotes', "{'tide': 1}"],
  ['a word that JSON does not know', '[NaN, undefined]'],
  ['a number with a zero before it', '[01]'],
  ['a raw line end in a string', '["low\ntide"]'],
  ['nothing', ''],
])('finds none in %s', (_, text) => {
  expect(lastJsonText(text)).toBeUndefined();
});

test('finds any object or list that JSON can write', () => {
  const value = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  fc.assert(
    fc.property(value, fc.nat(4), (written, indent) => {
      const json = JSON.stringify(written, null, indent);
      expect(lastJsonText(`so: ${json}.`)).toBe(json);
    }),
  );
});

test('finds what trying every beginning and every end finds', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    'a',
    '1',
    '\\',
    ' ',
    'true',
    '"a":',
    '{"a":1}',
    '[1',
    '1]',
    '\n',
    '"a"}',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const text = pieces.join('');
      expect(lastJsonText(text)).toBe(lastByTrying(text));
    }),
    { numRuns: 3_000 },
  );
});

test('nests as deep as it likes', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  expect(lastJsonText(`${deep} {`)).toBe(deep);
  expect(lastJsonText(deep.slice(1, -2))).toHaveLength(99_996);
});

function lastByTrying(text: string): string | undefined {
  let last: string | undefined;
  for (let at = 0; at < text.length;) {
    const ends = '{['.includes(text[at]!) ? Array.from({ length: text.length - at }, (_, more) => at + 1 + more) : [];
    const end = ends.find((each) => isJson(text.slice(at, each)));
    if (end !== undefined) last = text.slice(at, end);
    at = end ?? at + 1;
  }
  return last;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
