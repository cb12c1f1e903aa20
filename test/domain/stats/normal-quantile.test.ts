import { expect, test } from 'vitest';
import { normalQuantile } from '../../../domain/stats/normal-quantile.ts';

// Published tables of the standard normal distribution.
test.each([
  [0.5, 0],
  [0.8, 0.8416212335729143],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.999, 3.090232306167813],
  [1 - 1e-6, 4.753424308822899],
])('below %d of all: %d', (p, expected) => {
  expect(normalQuantile(p)).toBeCloseTo(expected, 9);
  expect(normalQuantile(1 - p)).toBeCloseTo(-expected, 9);
});

test.each([0, 1, -0.1, Number.NaN])('%d is no probability between 0 and 1', (p) => {
  expect(() => normalQuantile(p)).toThrow(RangeError);
});
