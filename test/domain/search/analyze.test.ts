import { describe, expect, test } from 'vitest';
import { analyze } from '../../../domain/search/index.ts';
import { Lexicon } from '../../../domain/search/lexicon.ts';
import { fc } from '../../support/fast-check.ts';

describe('the terms of a text', () => {
  test('are its words in lower case, split at all that is neither letter nor digit, without stop words, stemmed', () => {
    expect(analyze("The Pilot's boats-and-tides: ROPES, ropes_2!")).toEqual(['pilot', 's', 'boat', 'tide', 'rope', 'rope', '2']);
  });

  test('are normalised: full-width letters, ligatures, circled digits', () => {
    expect(analyze('Ｈａｒｂｏｕｒ ﬁsh ② Å')).toEqual(['harbour', 'fish', '2', 'å']);
  });

  test('are stemmed in ASCII only', () => {
    expect(analyze('cafés cafes 1990s Straßen')).toEqual(['cafés', 'cafe', '1990s', 'straßen']);
  });

  test('leave out the 33 classic stop words and no other', () => {
    const stopWords =
      'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with';
    expect(stopWords.split(' ')).toHaveLength(33);
    expect(analyze(stopWords)).toEqual([]);
    expect(analyze('who what when from you have')).toEqual(['who', 'what', 'when', 'from', 'you', 'have']);
  });

  test('are none where there is no word', () => {
    expect([analyze(''), analyze(' —?! ')]).toEqual([[], []]);
  });
});

/** The terms as the quick scan of an index sees them, which cuts no word out of the text and keeps what it has seen. */
function scan(lexicon: Lexicon, text: string): string[] {
  return lexicon.numbersOf(new TextEncoder().encode(text)).map((number) => lexicon.term(number));
}

describe('the quick scan of the index', () => {
  const piece = fc.oneof(
    fc.constantFrom('Harbours', 'TIDE', 'the', 'of', 'B2', 'x', ' ', '\n', '-', '_', '’', '…', '\u00a0', '⁄', '‥', '\u200d', '\u2011'),
    fc.constantFrom(
      '🐟',
      '🚢',
      '👩‍🌾',
      '\ud83d',
      '\udc1f',
      '\ud83d\ud83d\udc1f',
      'e\u0301',
      'é',
      'ﬁ',
      'K',
      'İ',
      'ſ',
      '²',
      '㎏',
      '１',
      '𝐀',
      'ａ',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
    fc.integer({ min: 0x80, max: 0x10_ffff }).map((code) => String.fromCodePoint(code)),
  );
  const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

  test('sees the same terms in any text as the rules say', () => {
    const lexicon = new Lexicon();
    fc.assert(
      fc.property(text, (some) => {
        expect(scan(lexicon, some)).toEqual(analyze(some));
      }),
      { numRuns: 3_000 },
    );
  });

  test('sees the same around every character of the plane of most scripts and of emoji', () => {
    const lexicon = new Lexicon();
    const differing: string[] = [];
    const check = (from: number, to: number): void => {
      for (let code = from; code <= to; code += 1) {
        const some = `tide${String.fromCodePoint(code)}s`;
        if (scan(lexicon, some).join(' ') !== analyze(some).join(' ')) differing.push(code.toString(16));
      }
    };
    check(0x00, 0x2fff);
    check(0x1_f000, 0x1_faff);
    expect(differing).toEqual([]);
  });

  test('tells long words apart that end alike, of one length or several', () => {
    const lexicon = new Lexicon();
    const alike = ['harbourlights', 'boathurlights', 'urlights', 'rlights', '1harbourlights', 'Harbourlights', 'HARBOURLIGHTS'];
    for (const some of [alike, alike.toReversed(), [...alike, ...alike]])
      expect(scan(lexicon, some.join(' '))).toEqual(analyze(some.join(' ')));
    expect(new Set(scan(lexicon, alike.join(' '))).size).toBe(5);
  });

  test('knows thousands of words apart', () => {
    const lexicon = new Lexicon();
    const many = Array.from({ length: 20_000 }, (_, at) => `q${at.toString(36)}z`);
    expect(scan(lexicon, many.join(' '))).toEqual(analyze(many.join(' ')));
    expect(scan(lexicon, many.toReversed().join(' ').toUpperCase())).toEqual(analyze(many.toReversed().join(' ')));
  });
});
