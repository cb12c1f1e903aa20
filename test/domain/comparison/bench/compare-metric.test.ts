import { expect, test } from 'vitest';
import { compareMetric, pairItems } from '../../../../domain/comparison/index.ts';

const NAMES = { seed: 42, suite: 'bench', metric: 'mrr', armA: 'tern', armB: 'gannet' };
const pairs = [
  { id: 'qa-1', a: 1, b: 0.5 },
  { id: 'qa-2', a: 0.5, b: 1 },
  { id: 'qa-3', a: 0, b: 0.25 },
  { id: 'qa-4', a: 0.2, b: 0.2 },
];

test('means, difference and signs by hand', () => {
  expect(compareMetric(pairs, NAMES)).toMatchObject({
    metric: 'mrr',
    n: 4,
    mean_a: 0.425,
    mean_b: 0.4875,
    difference: 0.0625,
    sign: { gains: 2, losses: 1, p: 1 },
    is_distinguishable: false,
  });
});

test('all differences 0: interval [0, 0], p 1', () => {
  const same = pairs.map(({ id, a }) => ({ id, a, b: a }));
  expect(compareMetric(same, NAMES)).toMatchObject({ ci95: [0, 0], p: 1, sign: { gains: 0, losses: 0, p: 1 }, mde: { value: 0 } });
});

test('a whole interval on one side of 0 is told apart, and the sides turn it', () => {
  const better = Array.from({ length: 30 }, (_, at) => ({ id: `qa-${at}`, a: 0.2, b: at % 3 === 0 ? 0.4 : 0.9 }));
  const up = compareMetric(better, NAMES);
  expect(up.ci95![0]).toBeGreaterThan(0);
  expect(up.is_distinguishable).toBe(true);
  const down = compareMetric(
    better.map(({ id, a, b }) => ({ id, a: b, b: a })),
    NAMES,
  );
  expect(down.ci95![1]).toBeLessThan(0);
  expect(down.is_distinguishable).toBe(true);
});

test('the same seed gives the same interval; another name or seed another stream', () => {
  const noisy = Array.from({ length: 20 }, (_, at) => ({ id: `qa-${at}`, a: ((at * 7919) % 97) / 97, b: ((at * 4729) % 89) / 89 }));
  const { ci95 } = compareMetric(noisy, NAMES);
  expect(compareMetric(noisy, NAMES).ci95).toEqual(ci95);
  for (const names of [
    { ...NAMES, seed: 7 },
    { ...NAMES, metric: 'ndcg_at_10' },
  ])
    expect(compareMetric(noisy, names).ci95).not.toEqual(ci95);
});

test('one pair cannot be tested, none has no mean', () => {
  expect(compareMetric(pairs.slice(0, 1), NAMES)).toMatchObject({ n: 1, difference: -0.5, ci95: null, p: null, mde: { value: null } });
  expect(compareMetric([], NAMES)).toMatchObject({ n: 0, mean_a: null, difference: null, ci95: null, is_distinguishable: false });
});

test('pairs come in the order of code points, and a missing one is named', () => {
  const a = new Map([
    ['qa-2', 1],
    ['\u{1F426}', 2],
    ['\uFFFD', 3],
    ['qa-10', 4],
  ]);
  const b = new Map([
    ['\uFFFD', 3],
    ['qa-2', 1],
    ['\u{1F426}', 2],
    ['qa-7', 5],
  ]);
  expect(pairItems(a, b)).toEqual({
    pairs: [
      { id: 'qa-2', a: 1, b: 1 },
      { id: '\uFFFD', a: 3, b: 3 },
      { id: '\u{1F426}', a: 2, b: 2 },
    ],
    onlyInA: ['qa-10'],
    onlyInB: ['qa-7'],
  });
});
