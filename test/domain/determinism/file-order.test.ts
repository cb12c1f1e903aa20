import { expect, test } from 'vitest';
import { DEFAULT_BUDGETS, judgeDeterminism } from '../../../domain/determinism/index.ts';
import { makeProxy, TERN, type RunShape } from '../../support/bench-run-files.ts';
import { fileOf } from './run-file-of.ts';
import { fc } from '../../support/fast-check.ts';

const metric = fc.constantFrom(0, 0.4, 0.41, 0.42, 0.5, Number.NaN, Number.POSITIVE_INFINITY, null, '0.4', true, 1.7, undefined);
const shape: fc.Arbitrary<RunShape> = fc.record({
  model: fc.constantFrom(TERN, TERN, TERN, 'gull-3b'),
  mrr: metric,
  hitAt1: metric,
  scoredCount: fc.constantFrom(100, 100, 100, 0, 99, undefined),
  manifest: fc.constantFrom(
    {},
    {},
    {},
    { temperature: 0.2 },
    { corpus_content_hash: 'moved' },
    { qa_content_hash: null },
    { judge: { model: 'heron-70b' } },
  ),
  summary: fc.constantFrom(
    {},
    {},
    { downstream_proxy: makeProxy([1, 2, null]) },
    { downstream_proxy: makeProxy([2, 1, 1]) },
    { judge: { mean: 4 } },
    { errors: [{ step: 'judge' }] },
  ),
  end: fc.constantFrom({}, {}, {}, null, { reason: 'deadline' }),
});

test('the order of the files changes the list of runs, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(shape, { minLength: 2, maxLength: 5 }).chain((shapes) => {
        const files = shapes.map((of, at) => fileOf(at + 1, of));
        return fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length }));
      }),
      ([files, shuffled]) => {
        const settings = { mode: 'hybrid', budgets: DEFAULT_BUDGETS } as const;
        const { runs, ...verdict } = judgeDeterminism(files, settings);
        const { runs: others, ...other } = judgeDeterminism(shuffled, settings);
        expect(other).toEqual(verdict);
        expect(others.map(({ run_id }) => run_id).sort()).toEqual(runs.map(({ run_id }) => run_id).sort());
      },
    ),
    { numRuns: 300 },
  );
});

test('an order that matters would show: the list of runs follows it', () => {
  const files = [fileOf(1, {}), fileOf(2, { mrr: 0.41 })];
  const settings = { mode: 'hybrid', budgets: DEFAULT_BUDGETS } as const;
  expect(judgeDeterminism(files.toReversed(), settings)).not.toEqual(judgeDeterminism(files, settings));
  expect(judgeDeterminism(files, settings).models[0]?.mrr.values).toEqual([0.4, 0.41]);
});

test('a budget that is no number from 0 on is never taken for one', () => {
  const files = [fileOf(1, {}), fileOf(2, {})];
  for (const mrr of [Number.NaN, Number.POSITIVE_INFINITY, -0.01])
    expect(() => judgeDeterminism(files, { mode: 'hybrid', budgets: { ...DEFAULT_BUDGETS, mrr } })).toThrow(RangeError);
});
