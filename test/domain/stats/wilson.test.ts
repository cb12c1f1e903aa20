import { expect, test } from 'vitest';
import { wilsonInterval } from '../../../domain/stats/wilson.ts';

test.each([
  ['WIL-1', 0, 0, 0, 0],
  ['WIL-1', 0, 20, 0, 0.161125],
  ['WIL-1', 10, 10, 0.722467, 1],
  ['WIL-1', 12, 50, 0.142974, 0.374127],
  ['WIL-2', 1, 1, 0.206549, 1],
  ['WIL-2', 0, 50, 0, 0.071348],
])('%s: %i of %i lies from %d to %d', (_, count, n, lower, upper) => {
  const interval = wilsonInterval(count, n);
  expect(interval.lower).toBeCloseTo(lower, 6);
  expect(interval.upper).toBeCloseTo(upper, 6);
  expect(interval.point).toBe(n === 0 ? 0 : count / n);
});

test('WIL-3: more than all counts as all, fewer than none as none', () => {
  expect(wilsonInterval(12, 10)).toEqual(wilsonInterval(10, 10));
  expect(wilsonInterval(-3, 10)).toEqual(wilsonInterval(0, 10));
  expect(wilsonInterval(0, 10).lower).toBe(0);
  expect(wilsonInterval(10, 10).upper).toBe(1);
});
