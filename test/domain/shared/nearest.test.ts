import { expect, test } from 'vitest';
import { nearestTo } from '../../../domain/shared/nearest.ts';

test.each([
  // One letter is another.
  ['mesh', ['mash', 'malt', 'hops'], 'mash'],
  // Two letters are missing.
  ['wor', ['sour', 'wort'], 'wort'],
  // kitten → sitting takes three edits, kitten → mittens two.
  ['kitten', ['sitting', 'mittens'], 'mittens'],
  // Letters outside the basic plane count as one.
  ['🍺a', ['🍺b', '🍻🍻'], '🍺b'],
  // Of equals the first.
  ['ale', ['ape', 'are'], 'ape'],
  ['', ['longer', 'on'], 'on'],
])('nearest to "%s" of %j is %s', (wanted, words, nearest) => {
  expect(nearestTo(wanted, words)).toBe(nearest);
});

test('of no words none is nearest', () => {
  expect(nearestTo('wort', [])).toBeUndefined();
});
