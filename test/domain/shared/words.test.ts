import { describe, expect, it } from 'vitest';
import { scanWords } from '../../../domain/shared/words.ts';

/** Hashes of the words of a text, copied out of the scanner. */
function wordsOf(text: string): number[] {
  const { words, count } = scanWords(text);
  return [...words.subarray(0, count)];
}

function printOf(text: string): string {
  const { printLow, printHigh, count } = scanWords(text);
  return `${printLow} ${printHigh} ${count}`;
}

const PLAIN = 'the customer does not return the well known bike on time';

describe('words of a text', () => {
  it.each([
    ['letter case', 'THE Customer does Not return the well known BIKE on time'],
    ['punctuation', '"The customer" does not; return - the (well known) bike: on time!'],
    ['line breaks and indentation', 'the customer\n    does not\treturn the\r\nwell known bike\n\n\non time\n'],
    ['Markdown', '> **The customer** does _not_ return\n> - the `well known` bike\n# on time'],
    ['a comment', '// the customer does not return\n// the well known bike on time'],
    ['zero-width characters', 'the cus\u200btomer does not re\u00adturn the well known bike on\u2060 time\ufeff'],
    ['a hyphen at the end of a line', 'the cus-\ntomer does not re-\n    turn the well known bike on time'],
    ['a hyphen at the end of a quoted line', '> the cus-\n> tomer does not return the well known bike on time'],
    ['a soft hyphen at the end of a line', 'the cus\u00ad\ntomer does not return the well known bike on time'],
    ['escaped line breaks of JSON in a string', 'the customer\\ndoes not return\\n\\tthe well known bike on time'],
    ['full-width letters', 'the ｃｕｓｔｏｍｅｒ does not return the well known bike on time'],
  ])('are the same whatever %s there is', (_, text) => {
    expect(wordsOf(text)).toEqual(wordsOf(PLAIN));
    expect(printOf(text)).toBe(printOf(PLAIN));
  });

  it('skip apostrophes of either kind, and hyphens between letters', () => {
    expect(wordsOf("It doesn't re-open")).toEqual(wordsOf('It doesn’t re‐open'));
    expect(wordsOf("It doesn't re-open")).toHaveLength(3);
    expect(wordsOf('well-known')).toEqual(wordsOf('well-\nknown'));
  });

  it.each([
    ['a word', 'the customer does not return the well known car on time'],
    ['the order', 'the customer does not return the known well bike on time'],
    ['an accent', 'the customér does not return the well known bike on time'],
  ])('differ by %s', (_, text) => {
    expect(wordsOf(text)).not.toEqual(wordsOf(PLAIN));
    expect(printOf(text)).not.toBe(printOf(PLAIN));
  });

  it('keep numbers in one piece and mark them', () => {
    const { words, numbers, count } = scanWords('On 2026-03-02 at 10:30 we charged 1,234.50 for 3 bikes, v2');
    expect(count).toBe(11);
    expect([...numbers.subarray(0, count)]).toEqual([0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0]);
    expect(new Set(words.subarray(0, count)).size).toBe(11);
    expect(wordsOf('3.5')).not.toEqual(wordsOf('35'));
  });

  it('tell short texts apart that differ by a sign alone', () => {
    expect(printOf('a < b')).not.toBe(printOf('a > b'));
    expect(printOf('2 + 2')).not.toBe(printOf('2 - 2'));
    expect(printOf('5 €')).not.toBe(printOf('5 $'));
    expect(printOf('Yes.')).toBe(printOf('yes'));
  });

  it('take every sign of a script without spaces as a word', () => {
    expect(wordsOf('自転車を返す')).toHaveLength(6);
    expect(wordsOf('自転車。を\n返す')).toEqual(wordsOf('自転車を返す'));
    expect(wordsOf('자전거를 반납')).toHaveLength(2);
  });

  it('find none in an empty text', () => {
    expect(wordsOf('')).toEqual([]);
    expect(wordsOf(' \n--- *** ...\u200b')).toEqual([]);
  });

  it('read texts of any length', () => {
    expect(wordsOf('bike '.repeat(20_000))).toHaveLength(20_000);
  });
});
