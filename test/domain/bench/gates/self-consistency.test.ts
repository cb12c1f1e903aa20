import { expect, test } from 'vitest';
import { measureSelfConsistency, type EventVectors } from '../../../../domain/bench/gates/self-consistency.ts';
import { fc } from '../../../support/fast-check.ts';

const event = (vectors: number[][], event_id = 'shell-tides'): EventVectors => ({ event_id, source: 'shell', vectors });

test('G11: mean over events of the mean cosine, and the smallest', () => {
  const same = event([
    [1, 0],
    [1, 0],
  ]);
  const square = event([
    [1, 0],
    [0, 1],
  ]);
  expect(measureSelfConsistency([same, square])).toEqual({ mean: 0.5, min: 0, errors: [] });
});

test('G12: fewer than two vectors say nothing', () => {
  expect(measureSelfConsistency([event([]), event([[1, 0]])])).toEqual({ mean: null, min: null, errors: [] });
  expect(measureSelfConsistency([])).toEqual({ mean: null, min: null, errors: [] });
});

test('G13: a zero vector has cosine 0, with itself, too', () => {
  expect(
    measureSelfConsistency([
      event([
        [0, 0],
        [1, 0],
      ]),
    ]),
  ).toMatchObject({ mean: 0 });
  expect(
    measureSelfConsistency([
      event([
        [0, 0],
        [0, 0],
      ]),
    ]),
  ).toMatchObject({ mean: 0 });
});

test('an event has the mean of all its pairs', () => {
  // Pairs of (1,0), (1,0), (0,1): 1, 0, 0.
  expect(
    measureSelfConsistency([
      event([
        [1, 0],
        [1, 0],
        [0, 1],
      ]),
    ]).mean,
  ).toBeCloseTo(1 / 3, 12);
  expect(
    measureSelfConsistency([
      event([
        [1, 0],
        [-1, 0],
      ]),
    ]),
  ).toMatchObject({ mean: -1, min: -1 });
});

test('vectors that cannot be compared are an error of their event, and the others go on', () => {
  const { mean, errors } = measureSelfConsistency([
    event(
      [
        [1, 0],
        [1, 0, 0],
      ],
      'shell-short',
    ),
    event(
      [
        [1, Number.NaN],
        [1, 0],
      ],
      'shell-nan',
    ),
    event(
      [
        [Infinity, 0],
        [1, 0],
      ],
      'shell-endless',
    ),
    event(
      [
        [1, 1],
        [2, 2],
      ],
      'shell-good',
    ),
  ]);
  expect(mean).toBeCloseTo(1, 12);
  expect(errors.map(({ step, type }) => `${step} ${type}`)).toEqual([
    'self_consistency vector_lengths',
    'self_consistency vector_not_finite',
    'self_consistency vector_not_finite',
  ]);
  expect(errors[0]?.error).toBe('shell-short: expected vectors of one length, found 2 and 3');
});

test('very large and very small numbers are directions like any other', () => {
  expect(
    measureSelfConsistency([
      event([
        [1e200, 1e200],
        [1e-200, 1e-200],
      ]),
    ]).mean,
  ).toBeCloseTo(1, 12);
});

test('it never leaves the range of a cosine', () => {
  const vector = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(vector, { minLength: 2, maxLength: 5 }), (vectors) => {
      const { mean, min } = measureSelfConsistency([event(vectors)]);
      expect(Math.abs(mean ?? 2)).toBeLessThanOrEqual(1);
      expect(min).toBe(mean);
    }),
  );
});
