import { expect, test } from 'vitest';
import { agreementOf, type SlotResult } from '../../../domain/panel/index.ts';
import { panelAgreementSchema } from '../../../schemas/panel-receipt.ts';
import { fc } from '../../support/fast-check.ts';
import { slotsOf } from './slots.ts';

/** One dimension, a row for each list of scores; null is a judge that failed. */
const rowsOf = (...rows: readonly (readonly (number | null)[])[]): SlotResult[][] =>
  rows.map((scores) => slotsOf(...scores.map((goal) => (goal === null ? 'hung' : { goal }))));

test('four rows and three judges come out as by hand', () => {
  // Passed are scores from 7 on: a ++-+, b ++--, c +--(none).
  const { rows, percent, kappa, alpha, leniency } = agreementOf(rowsOf([9, 8, 7], [8, 7, 6], [4, 3, 2], [8, 6, null]));
  expect(rows).toBe(4);
  // Pairs that say the same: a and b 3 of 4, a and c 2 of 3, b and c 2 of 3.
  expect(percent).toBeCloseTo(70, 12);
  expect(kappa).toEqual([
    // By chance: 3/4 * 2/4 + 1/4 * 2/4 = 1/2, so (3/4 - 1/2) / (1/2).
    { judges: ['a', 'b'], rows: 4, kappa: 0.5 },
    // By chance over three rows: 2/3 * 1/3 + 1/3 * 2/3 = 4/9, so (6/9 - 4/9) / (5/9).
    { judges: ['a', 'c'], rows: 3, kappa: 0.4 },
    { judges: ['b', 'c'], rows: 3, kappa: 0.4 },
  ]);
  // Observed: 12 / 2 three times for 9 8 7, 8 7 6 and 4 3 2, and 8 / 1 for 8 6: 26, of 11 values. All values: sum 68, squares 472,
  // so 2 * 11 * (472 - 68^2 / 11) = 1136 over all pairs, a tenth of it 113.6.
  expect(alpha).toBeCloseTo(1 - 26 / 113.6, 12);
  // a: 1.5, 1.5, 1.5 and 2 above the others; b: 0, 0, 0 and 2 below; c: 1.5 below three times.
  expect(leniency).toEqual({ a: 1.625, b: -0.5, c: -1.5 });
});

test('a unit is a dimension of a row', () => {
  const row = slotsOf({ goal: 9, depth: 3 }, { goal: 9, depth: 3 });
  expect(agreementOf([row])).toMatchObject({ rows: 1, percent: 100, alpha: 1 });
  // Both fail it, by one dimension, and nobody passes anything: chance alone would do the same.
  expect(agreementOf([row]).kappa).toEqual([{ judges: ['a', 'b'], rows: 1, kappa: null }]);
});

test('what nobody can know is null', () => {
  expect(agreementOf([])).toEqual({ rows: 0, percent: null, kappa: [], alpha: null, leniency: {} });
  expect(agreementOf(rowsOf([8, null], [null, 3]))).toEqual({
    rows: 0,
    percent: null,
    kappa: [{ judges: ['a', 'b'], rows: 0, kappa: null }],
    alpha: null,
    leniency: { a: null, b: null },
  });
});

test('judges go by their slot, however the slots of a row are ordered', () => {
  const rows = rowsOf([9, 8, 7], [8, 7, 6], [4, 3, 2]);
  expect(agreementOf(rows.map((slots) => slots.toReversed()))).toEqual(agreementOf(rows));
});

test('leniency of two judges is equal and opposite, and all that is told is lawful', () => {
  const score = fc.integer({ min: 1, max: 10 });
  fc.assert(
    fc.property(fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 8 }), (scores) => {
      const agreement = agreementOf(rowsOf(...scores));
      expect(agreement.leniency.a! + agreement.leniency.b!).toBeCloseTo(0, 9);
      expect(panelAgreementSchema.safeParse(agreement).success).toBe(true);
    }),
  );
});
