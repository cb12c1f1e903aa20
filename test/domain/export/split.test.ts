import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawOf, splitAt, splitBounds, type SplitShares } from '../../../domain/export/index.ts';

const SHARES = { validation: 0.05, test: 0.05 };
const KEYS = Array.from({ length: 10_000 }, (_, index) => `harbour/task-${index}`);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const splitOf = (cluster: string, shares: SplitShares) => splitAt(drawOf(cluster, sha256), splitBounds(shares));

describe('the split of a cluster', () => {
  test('is the first 32 bits of a sha256, as a fraction, against the shares', () => {
    for (const key of KEYS.slice(0, 200)) {
      const fraction = createHash('sha256').update(`split/1\n${key}`).digest().readUInt32BE() / 2 ** 32;
      const expected = fraction < 0.05 ? 'test' : fraction < 0.1 ? 'validation' : 'train';
      expect(splitOf(key, SHARES)).toBe(expected);
    }
  });

  test('gives the shares within chance: 10,000 keys, five standard deviations of a share of 5 %', () => {
    const counts = { train: 0, validation: 0, test: 0 };
    for (const key of KEYS) counts[splitOf(key, SHARES)] += 1;
    // sqrt(10,000 × 0.05 × 0.95) = 21.8
    expect(Math.abs(counts.validation - 500)).toBeLessThan(109);
    expect(Math.abs(counts.test - 500)).toBeLessThan(109);
    expect(counts.train + counts.validation + counts.test).toBe(10_000);
  });

  test('a larger share of validation takes rows from training only', () => {
    for (const key of KEYS.slice(0, 1000)) {
      const [before, after] = [splitOf(key, SHARES), splitOf(key, { validation: 0.3, test: 0.05 })];
      expect(before === 'train' || before === after).toBe(true);
    }
  });

  test('shares of 0 and 1', () => {
    expect(new Set(KEYS.slice(0, 500).map((key) => splitOf(key, { validation: 0, test: 0 })))).toEqual(new Set(['train']));
    expect(new Set(KEYS.slice(0, 500).map((key) => splitOf(key, { validation: 0, test: 1 })))).toEqual(new Set(['test']));
  });
});
