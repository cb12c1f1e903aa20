import { expect, test } from 'vitest';
import { krippendorffAlpha } from '../../../domain/stats/krippendorff-alpha.ts';
import { fc } from '../../support/fast-check.ts';

/** K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), part E: four observers, twelve units, seven values missing. */
const OBSERVERS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const UNITS = Array.from({ length: 12 }, (_, unit) => OBSERVERS.flatMap((values) => values[unit] ?? []));

test('comes out as published', () => {
  expect(krippendorffAlpha(UNITS)).toBeCloseTo(0.849, 3);
});

test('comes out as by hand: 8 and 6, 4 and 4', () => {
  // Observed: (2 * 2^2) / 4 = 2. Expected over 8, 6, 4, 4: squares around 5.5 sum to 11, so 2 * 4 * 11 / (4 * 3) = 22 / 3.
  expect(
    krippendorffAlpha([
      [8, 6],
      [4, 4],
    ]),
  ).toBeCloseTo(1 - 2 / (22 / 3), 12);
});

test('is 1 where all say the same of each unit, and below 0 where they say the opposite', () => {
  expect(
    krippendorffAlpha([
      [3, 3, 3],
      [9, 9],
    ]),
  ).toBe(1);
  expect(
    krippendorffAlpha([
      [1, 9],
      [9, 1],
    ]),
  ).toBeLessThan(0);
});

test.each([
  ['no units', []],
  ['no unit with two values', [[7], [3], []]],
  [
    'all values equal',
    [
      [7, 7],
      [7, 7, 7],
    ],
  ],
])('is undefined with %s', (_, units) => {
  expect(krippendorffAlpha(units)).toBeNull();
});

test('a unit that one observer alone saw changes nothing', () => {
  expect(krippendorffAlpha([...UNITS, [1], []])).toBe(krippendorffAlpha(UNITS));
});

test('neither the zero nor the length of the scale counts, nor who said what', () => {
  const values = fc.array(fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 5 }), { maxLength: 12 });
  fc.assert(
    fc.property(values, (units) => {
      const alpha = krippendorffAlpha(units);
      const moved = krippendorffAlpha(units.map((unit) => unit.map((value) => 100 - 4 * value).toReversed()));
      if (alpha === null) expect(moved).toBeNull();
      else expect(moved).toBeCloseTo(alpha, 9);
      expect(alpha ?? 1).toBeLessThanOrEqual(1);
    }),
  );
});
