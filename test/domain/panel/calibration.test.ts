import { expect, test } from 'vitest';
import { adjustScores, aggregatePanel, calibrateJudges, type LabelledRow, type Scores } from '../../../domain/panel/index.ts';
import { panelCalibrationSchema } from '../../../schemas/panel-calibration.ts';
import { fc } from '../../support/fast-check.ts';
import { slotsOf } from './slots.ts';

const DIMENSIONS = ['goal', 'depth'];
const labelled = (label: Partial<LabelledRow['label']>, ...given: readonly (Scores | string)[]): LabelledRow => ({
  label: { injected: false, ...label },
  slots: slotsOf(...given),
});

/** a follows orders it finds, b is two too strict in depth and fails once. */
const ROWS: readonly LabelledRow[] = [
  labelled({ scores: { goal: 8, depth: 8 } }, { goal: 8, depth: 9 }, { goal: 8, depth: 6 }),
  labelled({ scores: { goal: 4, depth: 5 } }, { goal: 5, depth: 7 }, { goal: 3, depth: 3 }),
  labelled({ scores: { goal: 2, depth: 2 }, injected: true }, { goal: 10, depth: 10 }, 'the reply holds no complete JSON value'),
];

test('errors, confusion and obeyed injections come out as by hand', () => {
  const calibration = calibrateJudges(ROWS, DIMENSIONS);
  expect(calibration).toEqual({
    rows: 3,
    injected_rows: 1,
    judges: [
      {
        id: 'a',
        model: 'pilot-1',
        scored: 3,
        failures: 0,
        // Rows: 1/2, 3/2, 8.
        overall: { rows: 3, mean_error: 10 / 3, mean_absolute_error: 10 / 3 },
        dimensions: {
          goal: { rows: 3, mean_error: 3, mean_absolute_error: 3 },
          depth: { rows: 3, mean_error: 11 / 3, mean_absolute_error: 11 / 3 },
        },
        confusion: { true_pass: 1, false_pass: 1, true_fail: 1, false_fail: 0 },
        injected: { scored: 1, passed: 1 },
      },
      {
        id: 'b',
        model: 'pilot-2',
        scored: 2,
        failures: 1,
        overall: { rows: 2, mean_error: -1.25, mean_absolute_error: 1.25 },
        dimensions: {
          goal: { rows: 2, mean_error: -0.5, mean_absolute_error: 0.5 },
          depth: { rows: 2, mean_error: -2, mean_absolute_error: 2 },
        },
        confusion: { true_pass: 0, false_pass: 0, true_fail: 1, false_fail: 1 },
        injected: { scored: 0, passed: 0 },
      },
    ],
  });
  expect(panelCalibrationSchema.safeParse(calibration).success).toBe(true);
});

test('the mean error of each judge is taken off in each dimension, and both verdicts are there', () => {
  const strict = slotsOf({ goal: 7.5, depth: 5 }, { goal: 7, depth: 5 });
  const calibration = calibrateJudges(
    [labelled({ scores: { goal: 8, depth: 8 } }, { goal: 8, depth: 6 }, { goal: 8, depth: 6 })],
    DIMENSIONS,
  );
  const adjusted = adjustScores(strict, calibration);
  expect(adjusted.map((slot) => slot.ok && slot.scores)).toEqual([
    { goal: 7.5, depth: 7 },
    { goal: 7, depth: 7 },
  ]);
  expect(aggregatePanel(strict, DIMENSIONS).verdict).toBe('fail');
  expect(aggregatePanel(adjusted, DIMENSIONS).verdict).toBe('pass');
});

test('a label of one score tells the error of the mean, which is taken off every dimension', () => {
  // Means 8 and 5 against 7 and 6: errors 1 and -1; then 9 against 6: 3. In all 1.
  const rows = [
    labelled({ score: 7 }, { goal: 9, depth: 7 }),
    labelled({ score: 6 }, { goal: 5, depth: 5 }),
    labelled({ score: 6 }, { goal: 9, depth: 9 }),
  ];
  const calibration = calibrateJudges(rows, DIMENSIONS);
  expect(calibration.judges[0]).toMatchObject({
    overall: { rows: 3, mean_error: 1, mean_absolute_error: 5 / 3 },
    dimensions: { goal: { rows: 0, mean_error: null }, depth: { rows: 0, mean_error: null } },
    confusion: { true_pass: 1, false_pass: 1, true_fail: 1, false_fail: 0 },
  });
  expect(adjustScores(slotsOf({ goal: 8, depth: 3 }), calibration)).toMatchObject([{ scores: { goal: 7, depth: 2 } }]);
});

test('what binary fractions leave behind decides nothing', () => {
  // Errors of 0.1, 0.2 and 0.6 are 0.3 in the mean.
  const rows = [0.1, 0.2, 0.6].map((error) => labelled({ scores: { goal: 8, depth: 8 } }, { goal: 8 + error, depth: 8 }));
  expect(8.1 - 8).not.toBe(0.1);
  expect(adjustScores(slotsOf({ goal: 5.3, depth: 5 }), calibrateJudges(rows, DIMENSIONS))).toMatchObject([
    { scores: { goal: 5, depth: 5 } },
  ]);
});

test('adjusted scores stay on the scale', () => {
  const calibration = calibrateJudges([labelled({ scores: { goal: 9, depth: 2 } }, { goal: 5, depth: 9 })], DIMENSIONS);
  expect(adjustScores(slotsOf({ goal: 8, depth: 3 }), calibration)).toMatchObject([{ scores: { goal: 10, depth: 1 } }]);
});

test('a judge that failed, or that the calibration does not know, stays as it was', () => {
  const slots = slotsOf('hung', { goal: 8, depth: 3 });
  expect(adjustScores(slots, calibrateJudges([], DIMENSIONS))).toEqual(slots);
  expect(adjustScores(slots, calibrateJudges([labelled({ score: 5 }, 'hung', 'hung')], DIMENSIONS))).toEqual(slots);
});

test('dimensions that were not asked for do not count', () => {
  const [judge] = calibrateJudges([labelled({ scores: { style: 2 } }, { goal: 8, depth: 8 })], DIMENSIONS).judges;
  expect(judge).toMatchObject({ scored: 1, overall: { rows: 0, mean_error: null } });
});

test('a judge that is off by the same everywhere is set right', () => {
  const score = fc.integer({ min: 3, max: 8 });
  const truth = fc.record({ goal: score, depth: score });
  fc.assert(
    fc.property(fc.array(truth, { minLength: 1, maxLength: 6 }), truth, fc.integer({ min: -2, max: 2 }), (known, other, off) => {
      const say = ({ goal, depth }: { goal: number; depth: number }): Scores => ({ goal: goal + off, depth: depth + off });
      const calibration = calibrateJudges(
        known.map((scores) => labelled({ scores }, say(scores))),
        DIMENSIONS,
      );
      expect(adjustScores(slotsOf(say(other)), calibration)).toMatchObject([{ scores: other }]);
      expect(Object.values(calibration.judges[0]!.confusion).reduce((sum, count) => sum + count, 0)).toBe(known.length);
    }),
  );
});
