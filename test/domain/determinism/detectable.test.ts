import { expect, test } from 'vitest';
import { DEFAULT_BUDGETS, judgeDeterminism } from '../../../domain/determinism/index.ts';
import { makeProxy, type RunShape } from '../../support/bench-run-files.ts';
import { fileOf } from './run-file-of.ts';

function modelOf(...shapes: RunShape[]) {
  const files = shapes.map((shape, at) => fileOf(at + 1, shape));
  return judgeDeterminism(files, { mode: 'hybrid', budgets: DEFAULT_BUDGETS }).models[0]!;
}

test('MRR: the variance of the items, mean over runs; Hit@1: p (1 - p)', () => {
  // Reciprocal ranks 1, 1/2, 0, 1/2 around 1/2: variance (1/4 + 1/4) / 3 = 1/6. 2.801585 x sqrt(2 / 6 / 4) = 0.8087.
  const steady = { summary: { downstream_proxy: makeProxy([1, 2, null, 2]) } };
  const { mde } = modelOf(steady, steady);
  expect([mde.mrr?.toFixed(4), mde.hit_at_1?.toFixed(4)]).toEqual(['0.8087', (2.801585 * Math.sqrt((2 * 0.25 * 0.75) / 4)).toFixed(4)]);
  // 1, 1, 0, 0: variance 1/3. The mean with 1/6 is 1/4: 2.801585 x sqrt(2 / 4 / 4) = 0.9905.
  expect(modelOf(steady, { summary: { downstream_proxy: makeProxy([1, 1, null, null]) } }).mde.mrr?.toFixed(4)).toBe('0.9905');
});

test('without item data there is no MDE for MRR', () => {
  expect(modelOf({ hitAt1: 0.35 }, { hitAt1: 0.35 }).mde).toMatchObject({ form: 'unpaired', mrr: null });
  expect(modelOf({ hitAt1: 0.35 }, { hitAt1: 0.35 }).mde.hit_at_1?.toFixed(4)).toBe('0.1890');
});

test('flips that the budget allows: 0.02 of 100 is 2, of 49 none', () => {
  expect([100, 150, 50, 49].map((scoredCount) => modelOf({ scoredCount }, { scoredCount }).budget_flips)).toEqual([2, 3, 1, 0]);
});

test('a swap of items is wide when one is lost', () => {
  const { flips } = modelOf(
    { summary: { downstream_proxy: makeProxy([1, 4, 10, 2]) } },
    { summary: { downstream_proxy: makeProxy([null, 5, null, 2]) } },
  );
  // From 1 to behind 10, from 10 to behind 10, from 4 to 5.
  expect(flips.items.map(({ qa_id, is_flip }) => [qa_id, is_flip])).toEqual([
    ['qa-001', true],
    ['qa-002', false],
    ['qa-003', false],
  ]);
});
