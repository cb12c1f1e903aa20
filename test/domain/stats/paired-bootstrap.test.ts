import { describe, expect, test } from 'vitest';
import { bootstrapPaired } from '../../../domain/stats/paired-bootstrap.ts';
import { sfc32, streamOf } from '../../../domain/stats/sfc32.ts';
import { sampleVariance } from '../../../domain/stats/variance.ts';

describe('the generator', () => {
  test('worked by hand from the state 0, 0, 0, 1', () => {
    const next = sfc32(0, 0, 0, 1);
    // c: 1, then 2^21 + 2; b: 9, then 9 x (2^21 + 2); a: 9.
    expect([next(), next(), next(), next()]).toEqual([1, 2, 9 + 3, 9 + 9 * (2 ** 21 + 2) + 4]);
  });

  test('a text names its stream', () => {
    const take = (text: string): number[] => {
      const next = streamOf(text);
      return Array.from({ length: 4 }, next);
    };
    expect(take('42|mrr')).toEqual(take('42|mrr'));
    expect(take('42|mrr')).not.toEqual(take('43|mrr'));
    for (const word of take('42|mrr')) expect(Number.isInteger(word) && word >= 0 && word < 2 ** 32).toBe(true);
  });
});

describe('the interval', () => {
  test('of differences that are all the same is that difference', () => {
    expect(bootstrapPaired([0.5, 0.5, 0.5], '42')).toEqual({ mean: 0.5, low: 0.5, high: 0.5, p: 1 / 10_001, resamples: 10_000 });
    expect(bootstrapPaired([0, 0, 0], '42')).toEqual({ mean: 0, low: 0, high: 0, p: 1, resamples: 10_000 });
  });

  test('of 0 and 1: means of 0, 1/2 and 1 in the shares 1/4, 1/2, 1/4', () => {
    const { mean, low, high, p } = bootstrapPaired([0, 1], '42')!;
    expect([mean, low, high]).toEqual([0.5, 0, 1]);
    // Half of the means lie as far from 1/2 as 1/2 lies from 0; five standard errors of 10,000 draws are 0.025.
    expect(Math.abs(p - 0.5)).toBeLessThan(0.025);
  });

  test('of many items is what the normal distribution gives', () => {
    const differences = Array.from({ length: 400 }, (_, at) => [0, 1, -1, 0.5, 0.25][at % 5]!);
    const { mean, low, high } = bootstrapPaired(differences, '42|mrr')!;
    const half = 1.96 * Math.sqrt(sampleVariance(differences)! / 400);
    expect(Math.abs(low - (mean - half))).toBeLessThan(0.06 * half);
    expect(Math.abs(high - (mean + half))).toBeLessThan(0.06 * half);
  });

  test('is the same for one seed, and another for another', () => {
    const differences = [0.1, -0.3, 0.7, 0.2, -0.1, 0.05, 0.4];
    expect(bootstrapPaired(differences, '42|a')).toEqual(bootstrapPaired(differences, '42|a'));
    expect(bootstrapPaired(differences, '42|a')).not.toEqual(bootstrapPaired(differences, '42|b'));
  });

  test('mirrors its data', () => {
    const differences = [0.1, -0.3, 0.7, 0.2, -0.1, 0.05, 0.4];
    const there = bootstrapPaired(differences, '42|a')!;
    const back = bootstrapPaired(
      differences.map((value) => -value),
      '42|a',
    )!;
    // 10,000 resamples: places 250 and 9,749 are as far from both ends.
    expect([-back.high, -back.low, back.p]).toEqual([there.low, there.high, there.p]);
  });

  test('takes two items at least', () => {
    expect([bootstrapPaired([], '42'), bootstrapPaired([0.3], '42')]).toEqual([null, null]);
  });
});
