import { describe, expect, test } from 'vitest';
import { fitWidths } from '../../cli/query-output/fit-widths.ts';
import { cutToWidth, displayWidth, padToWidth } from '../../cli/text-width.ts';

describe('width on a terminal', () => {
  test.each([
    ['', 0],
    ['ferry', 5],
    ['Fähre', 5],
    // The same word with a combining mark.
    ['Fa\u0308hre', 5],
    ['潮汐', 4],
    ['⛴️🌊', 3],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('a text that is too wide is cut, and never by half a sign', () => {
    expect(cutToWidth('ferry', 5)).toBe('ferry');
    expect(cutToWidth('ferry boat', 5)).toBe('ferr…');
    expect(cutToWidth('潮汐潮汐', 4)).toBe('潮…');
    expect(cutToWidth('潮汐潮汐', 5)).toBe('潮汐…');
  });

  test('a text is filled up on one side', () => {
    expect(padToWidth('潮', 4, false)).toBe('潮  ');
    expect(padToWidth('7', 4, true)).toBe('   7');
    expect(padToWidth('ferry', 4, true)).toBe('ferry');
  });
});

describe('fitWidths', () => {
  test.each([
    [[5, 5], undefined, [5, 5]],
    [[5, 5], 10, [5, 5]],
    // The widest gives way first.
    [[5, 90], 25, [5, 20]],
    [[40, 40, 3], 23, [10, 10, 3]],
    [[40, 40, 3], 24, [11, 10, 3]],
    // Nothing falls below four, and what is narrower stays.
    [[50, 2, 50], 5, [4, 2, 4]],
  ])('%j in %s is %j', (widths, available, expected) => {
    expect(fitWidths(widths, available)).toEqual(expected);
  });
});
