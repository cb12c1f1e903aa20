import { expect, test } from 'vitest';
import { cohenKappa } from '../../../domain/stats/cohen-kappa.ts';
import { fc } from '../../support/fast-check.ts';

/** Pairs of ratings from a table: rows are the first rater's words, columns the second's. */
function pairsOf(table: readonly (readonly number[])[]): [number, number][] {
  return table.flatMap((row, one) => row.flatMap((count, other) => Array.from({ length: count }, (): [number, number] => [one, other])));
}

test.each([
  // J. Cohen (1960), table 1, as counts of 200: .29 observed, .35 by chance.
  [
    'Cohen 1960',
    [
      [50, 26, 24],
      [24, 4, 32],
      [6, 30, 4],
    ],
    (0.29 - 0.35) / 0.65,
  ],
  // The textbook's grants: 50 proposals, .7 observed, .5 by chance.
  [
    'two readers of grants',
    [
      [20, 5],
      [10, 15],
    ],
    0.4,
  ],
  // The same observed share, .6, with chance at .54 and at .46.
  [
    'shares alike, leanings alike',
    [
      [45, 15],
      [25, 15],
    ],
    0.06 / 0.46,
  ],
  [
    'shares alike, leanings apart',
    [
      [25, 35],
      [5, 35],
    ],
    0.14 / 0.54,
  ],
])('%s', (_, table, kappa) => {
  expect(cohenKappa(pairsOf(table))).toBeCloseTo(kappa, 12);
});

test('is undefined without items, and where both say one word only', () => {
  expect(cohenKappa([])).toBeNull();
  expect(
    cohenKappa([
      [true, true],
      [true, true],
    ]),
  ).toBeNull();
});

test('is 0 where one rater says one word only, and -1 where both always differ in equal parts', () => {
  expect(
    cohenKappa([
      [true, true],
      [true, false],
      [true, true],
    ]),
  ).toBe(0);
  expect(
    cohenKappa([
      [true, false],
      [false, true],
    ]),
  ).toBe(-1);
});

test('does not depend on who is first, and never leaves -1 to 1', () => {
  const ratings = fc.array(fc.tuple(fc.constantFrom('pass', 'fail', 'tie'), fc.constantFrom('pass', 'fail', 'tie')), { maxLength: 30 });
  fc.assert(
    fc.property(ratings, (rated) => {
      const kappa = cohenKappa(rated);
      expect(cohenKappa(rated.map(([one, other]) => [other, one] as const))).toBe(kappa);
      expect(Math.abs(kappa ?? 0)).toBeLessThanOrEqual(1);
    }),
  );
});
