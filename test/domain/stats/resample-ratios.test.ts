import { describe, expect, test } from 'vitest';
import { bootstrapClusters } from '../../../domain/stats/cluster-bootstrap.ts';
import { bootstrapPaired } from '../../../domain/stats/paired-bootstrap.ts';
import { resampleRatios } from '../../../domain/stats/resample-ratios.ts';
import { streamOf } from '../../../domain/stats/sfc32.ts';
import { fc } from '../../support/fast-check.ts';

/** The stream as it is told, one draw at a time, in whole numbers of any size. */
function drawSlowly(count: number, seed: string): () => number {
  const next = streamOf(seed);
  return () => Number((BigInt(next()) * BigInt(count)) >> 32n);
}

const difference = fc.double({ min: -1, max: 1, noNaN: true });

describe('draws', () => {
  test('are those of the stream that the seed names, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(difference, { minLength: 2, maxLength: 40 }), fc.string(), (values, seed) => {
        const draw = drawSlowly(values.length, seed);
        const slow = Array.from({ length: 20 }, () => {
          let sum = 0;
          for (let drawn = 0; drawn < values.length; drawn += 1) sum += values[draw()]!;
          return sum / values.length;
        });
        const ones = new Float64Array(values.length).fill(1);
        expect([...resampleRatios(Float64Array.from(values), ones, seed, 20)]).toEqual(slow);
      }),
    );
  });

  test('of clusters: the sum of what was drawn over how many items that was', () => {
    const draw = drawSlowly(3, '42|quay');
    const [sums, sizes] = [
      [1, -2, 0.5],
      [2, 5, 1],
    ];
    const slow = Array.from({ length: 50 }, () => {
      const drawn = [draw(), draw(), draw()];
      const total = (of: readonly number[]): number => drawn.reduce((sum, place) => sum + of[place]!, 0);
      return total(sums) / total(sizes);
    });
    expect([...resampleRatios(Float64Array.from(sums), Float64Array.from(sizes), '42|quay', 50)]).toEqual(slow);
  });
});

describe('clusters', () => {
  test('of one item each are the paired bootstrap, number by number', () => {
    const differences = [0.4, -0.2, 0.1, 0.3, -0.5, 0.2];
    expect(
      bootstrapClusters(
        differences.map((value) => [value]),
        '42|mrr',
      ),
    ).toEqual(bootstrapPaired(differences, '42|mrr'));
  });

  test('two of them, by hand: one has the mean 1, the other 0 and three times as many items', () => {
    // Drawn are both, in two of four ways, with the mean 1/4; the first twice, mean 1; or the second twice, mean 0.
    const { mean, low, high, p } = bootstrapClusters([[1], [0, 0, 0]], '42|mrr')!;
    expect([mean, low, high]).toEqual([0.25, 0, 1]);
    // As far from 1/4 as 1/4 is from 0: all but the draws of both, which is half of them; five standard errors of 10,000 draws are 0.025.
    expect(Math.abs(p - 0.5)).toBeLessThan(0.025);
  });

  test('of questions that share everything make the interval as wide as so few clusters must', () => {
    const values = Array.from({ length: 12 }, (_, at) => ((at * 7919) % 97) / 97 - 0.5);
    const clusters = values.map((value) => Array.from({ length: 10 }, () => value));
    const clustered = bootstrapClusters(clusters, '42|mrr')!;
    const plain = bootstrapPaired(clusters.flat(), '42|mrr')!;
    // Ten copies of a question tell no more than one: the interval of questions is too narrow by the root of ten.
    const ratio = (clustered.high - clustered.low) / (plain.high - plain.low);
    expect(ratio).toBeGreaterThan(2.9);
    expect(ratio).toBeLessThan(3.5);
  });

  test('take two at least; an empty one is none', () => {
    expect([bootstrapClusters([], '42'), bootstrapClusters([[1, 0, 1]], '42'), bootstrapClusters([[1, 0], []], '42')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('the ends of the interval', () => {
  const ends = (resamples: number, alpha: number): [number, number] => {
    // Two values: the resamples are counted through, and the places of the ends show by what stands there.
    const values = [0, 1, 2, 3, 4, 5, 6, 7];
    const { low, high } = bootstrapPaired(values, '42', { resamples, alpha })!;
    return [low, high];
  };
  const sorted = (resamples: number): number[] =>
    [...resampleRatios(Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7]), new Float64Array(8).fill(1), '42', resamples)].sort((a, b) => a - b);

  test.each([
    [10_000, 0.05, 250, 9_749],
    [10_000, 0.01, 50, 9_949],
    [1_000, 0.05, 25, 974],
    [1_000, 0.1, 50, 949],
    [999, 0.05, 24, 974],
    [100, 0.3, 15, 84],
    [1, 0.05, 0, 0],
  ])('%i resamples at %d: places %i and %i from 0', (resamples, alpha, low, high) => {
    const means = sorted(resamples);
    expect(ends(resamples, alpha)).toEqual([means[low], means[high]]);
  });

  test.each([
    [0, 0.05],
    [10.5, 0.05],
    [100, 0],
    [100, 1],
    [100, Number.NaN],
  ])('%d resamples at %d are refused', (resamples, alpha) => {
    expect(() => bootstrapPaired([1, 2], '42', { resamples, alpha })).toThrow(RangeError);
  });
});
