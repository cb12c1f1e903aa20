import { describe, expect, test } from 'vitest';
import { cut, estimateTokens, firstLine, isBlank, normalizeText, quoteShort } from '../../../domain/shared/text.ts';
import { fc } from '../../support/fast-check.ts';

describe('normalizeText', () => {
  test('white space of every kind becomes one space, none at the ends', () => {
    expect(normalizeText(' \tLow  tide\r\n\n at\u00a0six \u2003')).toBe('Low tide at six');
  });

  test('is done after once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normalizeText(normalizeText(text))).toBe(normalizeText(text));
      }),
    );
  });
});

test.each([
  ['', true],
  [' \t\r\n\u00a0', true],
  [' . ', false],
])('isBlank(%j) is %s', (text, expected) => {
  expect(isBlank(text)).toBe(expected);
});

describe('firstLine', () => {
  test.each([
    ['Fix the crane\nIt is stuck', 'Fix the crane'],
    ['\n\n  \t Fix the crane  \r\nIt is stuck', 'Fix the crane'],
    ['Fix the crane\rIt is stuck', 'Fix the crane'],
    ['', ''],
    [' \n ', ''],
  ])('of %j is %j', (text, expected) => {
    expect(firstLine(text, 120)).toBe(expected);
  });

  test('is at most as long as asked for', () => {
    expect(firstLine('x'.repeat(121), 120)).toBe('x'.repeat(120));
  });
});

describe('cut', () => {
  test('keeps short texts, and never half a character', () => {
    expect(cut('quay', 4)).toBe('quay');
    expect(cut('quayside', 4)).toBe('quay');
    expect(cut('ab😀', 3)).toBe('ab');
    expect(cut('ab😀', 4)).toBe('ab😀');
    expect(cut('😀', 0)).toBe('');
  });

  test('gives a well-formed beginning of a well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, maxChars) => {
        const piece = cut(text, maxChars);
        expect(piece.isWellFormed()).toBe(true);
        expect(text.startsWith(piece)).toBe(true);
        expect(piece.length).toBeLessThanOrEqual(maxChars);
        expect(piece.length).toBeGreaterThanOrEqual(Math.min(text.length, maxChars) - 1);
      }),
    );
  });
});

test.each([
  [0, 0],
  [1, 1],
  [4, 1],
  [5, 2],
])('estimateTokens(%d) is %d', (characters, tokens) => {
  expect(estimateTokens(characters)).toBe(tokens);
});

test('quoteShort gives a text whole or not at all', () => {
  expect(quoteShort('low "tide"', 10)).toBe(String.raw`"low \"tide\""`);
  expect(quoteShort('low "tides"', 10)).toBe('a text of 11 characters');
});
