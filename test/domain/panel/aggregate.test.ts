import { describe, expect, test } from 'vitest';
import { aggregatePanel, PANEL_DIMENSIONS, type Scores, type SlotResult } from '../../../domain/panel/index.ts';
import { panelAggregateSchema } from '../../../schemas/panel-receipt.ts';
import { fc } from '../../support/fast-check.ts';
import { slotsOf } from './slots.ts';

const allOf = (score: number): Scores => Object.fromEntries(PANEL_DIMENSIONS.map((name) => [name, score]));
const aggregate = (...given: readonly (Scores | string)[]) => aggregatePanel(slotsOf(...given), PANEL_DIMENSIONS);
/** Three judges who only differ in depth. */
const withDepth = (...scores: readonly number[]) => aggregate(...scores.map((depth) => ({ ...allOf(9), depth })));

test('XM-1: three judges above 7 in every dimension pass', () => {
  const { verdict, overall, successes, failures, dimensions } = aggregate(allOf(8), allOf(9), allOf(8));
  expect({ verdict, overall, successes, failures }).toEqual({ verdict: 'pass', overall: 8.3, successes: 3, failures: 0 });
  expect(dimensions.goal).toEqual({ mean: 8.3, min: 8, scores: [8, 9, 8] });
});

describe('XM-2: one dimension with a mean below 7 fails', () => {
  test('and says so', () => {
    const { verdict, dimensions, overall } = withDepth(6, 7, 7);
    expect(verdict).toBe('fail');
    expect(dimensions.depth).toEqual({ mean: 6.7, min: 6, scores: [6, 7, 7], failReason: 'mean_below_7' });
    expect(dimensions.goal).not.toHaveProperty('failReason');
    // (4 * 9 + 6.7) / 5 = 8.54
    expect(overall).toBe(8.5);
  });

  test('by the printed number: 6.95 is printed as 7 and passes, 6.94 is printed as 6.9 and fails', () => {
    expect(withDepth(6.95, 6.95)).toMatchObject({ verdict: 'pass', dimensions: { depth: { mean: 7 } } });
    expect(withDepth(6.94, 6.94)).toMatchObject({ verdict: 'fail', dimensions: { depth: { mean: 6.9 } } });
  });
});

describe('XM-3: one score below 5 fails', () => {
  test('although the mean of 9, 8 and 4 is 7', () => {
    const { verdict, dimensions } = withDepth(9, 8, 4);
    expect(verdict).toBe('fail');
    expect(dimensions.depth).toEqual({ mean: 7, min: 4, scores: [9, 8, 4], failReason: 'min_below_5' });
  });

  test('and 5 does not', () => {
    expect(withDepth(9, 8, 5).verdict).toBe('pass');
    expect(withDepth(9, 8, 4.99).verdict).toBe('fail');
  });

  test('where the mean is too low as well, the mean is told', () => {
    expect(withDepth(7, 7, 4).dimensions.depth?.failReason).toBe('mean_below_7');
  });
});

test('XM-5: two judges are enough, and the third is told', () => {
  const { verdict, successes, failures, errors } = aggregate(allOf(8), 'the reply holds no complete JSON value', allOf(7));
  expect({ verdict, successes, failures }).toEqual({ verdict: 'pass', successes: 2, failures: 1 });
  expect(errors).toEqual([{ slot: 'b', modelId: 'pilot-2', error: 'the reply holds no complete JSON value' }]);
});

test.each([
  ['one judge', [allOf(10), 'hung', 'hung']],
  ['no judge', ['hung', 'hung', 'hung']],
  ['nobody asked', []],
])('XM-6: %s decides nothing', (_, given) => {
  const result = aggregate(...given);
  expect(result.verdict).toBe('inconclusive');
  expect(result).not.toHaveProperty('overall');
  expect(result.dimensions).toEqual({});
});

test('XM-6: judges that were asked for nothing decide nothing', () => {
  expect(aggregatePanel(slotsOf({}, {}), []).verdict).toBe('inconclusive');
});

describe('XM-7: improvements', () => {
  const withImprovements = (...lists: readonly (readonly string[])[]): SlotResult[] =>
    lists.map((improvements, at) => ({ id: 'abc'[at]!, model: 'pilot', ok: true, scores: allOf(8), feedback: {}, improvements }));
  const topOf = (...lists: readonly (readonly string[])[]) => aggregatePanel(withImprovements(...lists), PANEL_DIMENSIONS).topImprovements;

  test('that begin with the same 40 characters in any letter case are one', () => {
    const beginning = 'Say at which hour the ferry leaves the p';
    expect(beginning).toHaveLength(40);
    expect(topOf([`${beginning}ier in winter`], [`${beginning.toUpperCase()}ier in summer`, `${beginning.slice(0, 39)}-`])).toEqual([
      `${beginning}ier in winter`,
      `${beginning.slice(0, 39)}-`,
    ]);
  });

  test('are ten at most, in the order of the judges', () => {
    const listed = Array.from({ length: 8 }, (_, at) => `Name berth ${at + 1}`);
    expect(topOf(listed, ['name berth 8', 'Name the pilot', 'Name the tide', 'Name the tug'])).toEqual([
      ...listed,
      'Name the pilot',
      'Name the tide',
    ]);
  });
});

test('scores that are no numbers never pass', () => {
  expect(withDepth(Number.NaN, 9).verdict).toBe('fail');
  const { depth: _depth, ...shallow } = allOf(9);
  expect(aggregate(shallow, shallow).verdict).toBe('fail');
});

test('a pass has what a pass needs, whatever the scores', () => {
  const score = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.double({ min: 1, max: 10, noNaN: true }));
  const judge = fc.oneof({ weight: 4, arbitrary: fc.record({ goal: score, depth: score }) }, fc.constant('hung'));
  fc.assert(
    fc.property(fc.array(judge, { maxLength: 5 }), (given) => {
      const result = aggregatePanel(slotsOf(...given), ['goal', 'depth']);
      const scored = given.filter((each) => typeof each !== 'string');
      const passes = (name: 'goal' | 'depth'): boolean => {
        const scores = scored.map((each) => each[name]);
        const sum = scores.reduce((total, each) => total + each, 0);
        return Math.round((sum / scores.length) * 10) >= 70 && scores.every((each) => each >= 5);
      };
      const expected = scored.length < 2 ? 'inconclusive' : passes('goal') && passes('depth') ? 'pass' : 'fail';
      expect(result.verdict).toBe(expected);
      expect(result.successes + result.failures).toBe(given.length);
      expect(panelAggregateSchema.safeParse(result).success).toBe(true);
    }),
  );
});
