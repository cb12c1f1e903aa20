import { describe, expect, test } from 'vitest';
import type { Expectation } from '../../../../schemas/expectations.ts';
import { comparisonOf, registered } from '../../../support/compare-cells.ts';
import { cellOf, cellOfRows, questionRow } from '../../../support/compared-arms.ts';

/** Recall of 0.5 against 0.6: ten percentage points, on every question the same. */
const CELLS = [cellOf('conservative', 'recall@10', [0.4, 0.6]), cellOf('balanced', 'recall@10', [0.5, 0.7])];

const DIFFERENCE: Expectation = {
  id: 'H1',
  text: 'balanced finds 5 to 15 points more',
  suite: 'harbour',
  metric: 'recall@10',
  arm: 'balanced',
  versus: 'conservative',
  statistic: 'difference',
  op: 'between',
  low: 5,
  high: 15,
  unit: 'pp',
};

function outcomesOf(changes: Partial<Expectation>, cells = CELLS, registeredAt?: string) {
  const expectations = registered([{ ...DIFFERENCE, ...changes }], registeredAt);
  return comparisonOf(cells, { expectations, metrics: ['recall@10'] }).expectations!.outcomes;
}

describe('a difference', () => {
  test('holds within its bounds, in the unit of the expectation', () => {
    const [outcome] = outcomesOf({});
    expect(outcome).toMatchObject({ state: 'held', reason: null, suite: 'harbour', arm: 'balanced', is_late: false });
    expect(outcome!.observed).toBeCloseTo(10, 9);
    expect(outcome!.ci95!.map((end) => Number(end.toFixed(9)))).toEqual([10, 10]);
  });

  test('fails outside of them', () => {
    expect(outcomesOf({ low: 11 })[0]).toMatchObject({ state: 'failed' });
    expect(outcomesOf({ high: 9 })[0]).toMatchObject({ state: 'failed' });
    expect(outcomesOf({ op: '<=', high: 9.99 })[0]).toMatchObject({ state: 'failed' });
  });

  test('takes its bounds in, also where a double misses them by its last digit', () => {
    expect(outcomesOf({ low: 10, high: 10 })[0]).toMatchObject({ state: 'held' });
  });

  test('turns round with its arms, interval and all', () => {
    const [outcome] = outcomesOf({ arm: 'conservative', versus: 'balanced', op: '<=', high: 0 });
    expect(outcome!.state).toBe('held');
    expect(outcome!.observed).toBeCloseTo(-10, 9);
    expect(outcome!.ci95!.map((end) => Number(end.toFixed(9)))).toEqual([-10, -10]);
  });

  test('keeps the order of the ends as it turns', () => {
    const cells = [cellOf('conservative', 'recall@10', [0, 0, 0, 0]), cellOf('balanced', 'recall@10', [0, 0.1, 0.2, 0.4])];
    const [usual, turned] = [outcomesOf({}, cells)[0]!, outcomesOf({ arm: 'conservative', versus: 'balanced' }, cells)[0]!];
    expect(usual.ci95![0]).toBeLessThan(usual.ci95![1]);
    expect(turned.ci95).toEqual([-usual.ci95![1], -usual.ci95![0]]);
  });

  test('has no sign where its size alone is meant', () => {
    const size: Partial<Expectation> = { arm: 'conservative', versus: 'balanced', statistic: 'absolute_difference', op: '<=' };
    expect(outcomesOf({ ...size, high: 10 })[0]).toMatchObject({ state: 'held' });
    expect(outcomesOf({ ...size, high: 3 })[0]).toMatchObject({ state: 'failed' });
  });

  test('is tested also in a metric that is not compared', () => {
    const rows = (more: number) => ['q1', 'q2'].map((id) => questionRow(id, { 'recall@10': 0.5 + more, mrr: 1 }));
    const cells = [cellOfRows('conservative', rows(0)), cellOfRows('balanced', rows(0.1))];
    const { expectations } = comparisonOf(cells, { metrics: ['mrr'], expectations: registered([DIFFERENCE]) });
    expect(expectations!.outcomes[0]).toMatchObject({ state: 'held' });
  });
});

describe('a value', () => {
  test('of every arm is one outcome for each', () => {
    const { versus: _versus, ...alone } = DIFFERENCE;
    const value: Expectation = { ...alone, arm: '*', statistic: 'value', op: '>=', low: 0.55, unit: 'value' };
    const { expectations } = comparisonOf(CELLS, { expectations: registered([value]) });
    expect(expectations!.outcomes.map(({ arm, state, observed }) => [arm, state, observed])).toEqual([
      ['conservative', 'failed', 0.5],
      ['balanced', 'held', 0.6],
    ]);
    expect(expectations!.outcomes[0]!.ci95).toEqual([0.4, 0.6]);
  });
});

describe('a ratio', () => {
  const ratio: Partial<Expectation> = { statistic: 'ratio', low: 1, high: 2, unit: 'x' };

  test('is that of the means, which is not the mean of the ratios', () => {
    const cells = [cellOf('conservative', 'recall@10', [0.1, 0.9]), cellOf('balanced', 'recall@10', [0.6, 0.9])];
    const [outcome] = outcomesOf(ratio, cells);
    // 1.5 / 1; the ratios of the questions are 6 and 1.
    expect(outcome!.observed).toBeCloseTo(1.5, 12);
    expect(outcome!.state).toBe('held');
    expect(outcome!.ci95!.map((end) => Number(end.toFixed(9)))).toEqual([1, 6]);
  });

  test('cannot be taken to 0', () => {
    const cells = [cellOf('conservative', 'recall@10', [0, 0]), cellOf('balanced', 'recall@10', [0.6, 0.9])];
    expect(outcomesOf(ratio, cells)[0]).toMatchObject({
      state: 'not_testable',
      observed: null,
      ci95: null,
      reason: 'recall@10 of conservative is 0, or no question counts in both arms',
    });
  });

  test('has no interval where a resample divides by 0', () => {
    const cells = [cellOf('conservative', 'recall@10', [0, 0.5]), cellOf('balanced', 'recall@10', [0.6, 0.1])];
    expect(outcomesOf(ratio, cells)[0]).toMatchObject({ state: 'held', ci95: null });
  });
});

describe('not testable is', () => {
  test.each<[string, Partial<Expectation>, string]>([
    ['another suite', { suite: 'orchard' }, 'no arms of orchard are compared'],
    ['another arm', { arm: 'tokenmax' }, 'tokenmax is not compared'],
    ['another arm to compare with', { versus: 'tokenmax' }, 'tokenmax is not compared'],
    ['another metric', { metric: 'luck@3' }, 'no question of harbour has luck@3'],
    ['an arm against itself', { versus: 'balanced' }, 'balanced is compared with itself'],
  ])('%s', (_what, changes, reason) => {
    expect(outcomesOf(changes)[0]).toMatchObject({ state: 'not_testable', reason, observed: null });
  });

  test('a mode of which two runs are compared', () => {
    const cells = [...CELLS, cellOf('balanced', 'recall@10', [0.5, 0.7], { run_uid: 'run-again' })];
    const { expectations } = comparisonOf(cells, {
      wanted: { runs: cells.map(({ record }) => record.run_uid) },
      expectations: registered([DIFFERENCE]),
    });
    expect(expectations!.outcomes[0]).toMatchObject({ state: 'not_testable', reason: '2 arms are of balanced' });
  });
});

describe('every suite', () => {
  test('is each one that has the metric', () => {
    const cells = [
      ...CELLS,
      cellOf('conservative', 'jaccard@k', [1, 1], { suite: 'replay', run_uid: 'replay-1' }),
      cellOf('balanced', 'jaccard@k', [1, 1], { suite: 'replay', run_uid: 'replay-2' }),
    ];
    const { expectations } = comparisonOf(cells, { expectations: registered([{ ...DIFFERENCE, suite: '*' }]) });
    expect(expectations!.outcomes.map(({ suite }) => suite)).toEqual(['harbour']);
  });
});

describe('an expectation that was registered after the run', () => {
  test.each([
    ['a second later', '2026-11-22T08:00:01Z', true],
    ['at the same moment, in another zone', '2026-11-22T09:00:00+01:00', false],
    ['before', '2026-11-22T07:59:59Z', false],
  ])('%s', (_when, registeredAt, isLate) => {
    expect(outcomesOf({}, CELLS, registeredAt)[0]!.is_late).toBe(isLate);
  });

  test('counts as one where nobody can tell when the run was', () => {
    const cells = CELLS.map(({ record, rows }) => ({ record: { ...record, ran_at: 'lately' }, rows }));
    expect(outcomesOf({}, cells)[0]!.is_late).toBe(true);
  });
});
