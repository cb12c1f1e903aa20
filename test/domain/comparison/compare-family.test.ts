import { describe, expect, test } from 'vitest';
import { compareFamily, type FamilySettings, type PairedSample, type ScoredPair } from '../../../domain/comparison/index.ts';
import { bootstrapPaired } from '../../../domain/stats/paired-bootstrap.ts';
import { pairedComparisonSchema } from '../../../schemas/paired-comparison.ts';
import { fc } from '../../support/fast-check.ts';

const SETTINGS: FamilySettings = { seed: 42, resamples: 1_000, alpha: 0.05 };

/** A comparison of the scores of two arms, question by question. */
function sampleOf(scores: readonly (readonly [a: number, b: number])[], more: Partial<PairedSample> = {}): PairedSample {
  const pairs = scores.map(([a, b], at): ScoredPair => ({ id: `q${String(at).padStart(4, '0')}`, a, b }));
  return { suite: 'longmemeval', metric: 'mrr', armA: 'conservative', armB: 'balanced', isBinary: false, pairs, ...more };
}

/** So many questions that only B, that only A, that both and that neither got right. */
function answers(gains: number, losses: number, both = 0, neither = 0): [number, number][] {
  const repeat = (count: number, a: number, b: number): [number, number][] => Array.from({ length: count }, () => [a, b]);
  return [...repeat(gains, 0, 1), ...repeat(losses, 1, 0), ...repeat(both, 1, 1), ...repeat(neither, 0, 0)];
}

function compareOne(sample: PairedSample, more: Partial<FamilySettings> = {}) {
  return compareFamily([sample], { ...SETTINGS, ...more })[0]!;
}

describe('one comparison', () => {
  test('of yes and no: means, the exact test, what questions so many can show', () => {
    const row = compareOne(sampleOf(answers(30, 10, 40, 20), { isBinary: true }));
    expect(pairedComparisonSchema.parse(row)).toEqual(row);
    expect(row).toMatchObject({
      n: 100,
      mean_a: 0.5,
      mean_b: 0.7,
      m: 1,
      test: 'mcnemar_exact',
      discordant: { b: 30, c: 10 },
      significant: true,
    });
    expect(row.delta).toBeCloseTo(0.2, 12);
    // Sum of squares 40 less 100 x 0.04, over 99: s^2 = 36/99.
    expect(row.mde).toBeCloseTo(2.801585 * Math.sqrt(36 / 99 / 100), 6);
    expect(row.text).toMatch(/^balanced is higher: balanced minus conservative [+]0[.]2000, 95 % [+]/);
    expect(row).not.toHaveProperty('clusters');
    expect(row).not.toHaveProperty('non_inferior');
  });

  test('is drawn from the stream of seed, suite, metric and arms', () => {
    const scores: [number, number][] = [0.1, 0.4, -0.3, 0.2, 0.6, -0.1].map((difference) => [0, difference]);
    const row = compareOne(sampleOf(scores));
    const { low, high, p } = bootstrapPaired(
      scores.map(([, b]) => b),
      '42|longmemeval|mrr|conservative|balanced',
      { resamples: 1_000 },
    )!;
    expect([row.ci95, row.p_raw, row.test]).toEqual([[low, high], p, 'paired_bootstrap']);
  });

  test('worse is told of the arm that is higher', () => {
    expect(compareOne(sampleOf(answers(0, 30, 5, 5), { isBinary: true })).text).toMatch(/^conservative is higher: /);
  });

  test.each([0, 1])('with %i questions is not testable, and not significant', (count) => {
    const row = compareOne(sampleOf(answers(1, 0).slice(0, count), { isBinary: true }), { margin: 0.1, clusterBy: 'conversation' });
    expect(pairedComparisonSchema.parse(row)).toEqual(row);
    expect(row).toMatchObject({
      n: count,
      ci95: null,
      p_raw: null,
      p_bonferroni: null,
      p_holm: null,
      mde: null,
      significant: false,
      non_inferior: false,
    });
    expect(row.text).toContain(`not testable: ${count} of at least 2 questions`);
    expect(row.text).toContain('not significant');
  });
});

describe('CMP-2: not significant', () => {
  test('where the interval contains 0', () => {
    // 12 gains and 8 losses: p = .503.
    const row = compareOne(sampleOf(answers(12, 8, 10, 10), { isBinary: true }));
    expect(row.significant).toBe(false);
    expect(row.text).toContain('not significant');
  });

  test('where the interval leaves out 0 and the exact p does not hold', () => {
    // 5 gains of 5 among 30: a resample without any of them comes once in 235 times, so the interval lies above 0; p = 2 / 2^5 = .0625.
    const row = compareOne(sampleOf(answers(5, 0, 25), { isBinary: true }));
    expect(row.ci95![0]).toBeGreaterThan(0);
    expect(row).toMatchObject({ p_raw: 0.0625, significant: false });
    expect(row.text).toContain('not significant');
  });

  test('where p holds alone and does not among others', () => {
    // 6 gains of 6: p = 2 / 2^6 = .03125; of two comparisons .0625.
    const lucky = sampleOf(answers(6, 0, 25), { isBinary: true });
    expect(compareOne(lucky).significant).toBe(true);
    const [row] = compareFamily([lucky, sampleOf(answers(1, 1, 5), { metric: 'hit@1', isBinary: true })], SETTINGS);
    expect(row).toMatchObject({ p_raw: 0.03125, p_bonferroni: 0.0625, p_holm: 0.0625, significant: false });
    expect(row!.text).toContain('not significant');
  });

  test('where an end of the interval is 0 but for the order of adding', () => {
    // 0.1 + 0.2 - 0.3 is 5.6e-17 in doubles, and every resample of these lies at 0 or beside it.
    const row = compareOne(
      sampleOf([
        [0.3, 0.1 + 0.2],
        [0.3, 0.1 + 0.2],
        [0.3, 0.1 + 0.2],
      ]),
    );
    expect(row).toMatchObject({ p_raw: 1, significant: false });
  });
});

describe('CMP-3: the same numbers', () => {
  const scored = fc.record({
    a: fc.double({ min: 0, max: 1, noNaN: true }),
    b: fc.double({ min: 0, max: 1, noNaN: true }),
    key: fc.nat(4),
  });
  const metrics = ['mrr', 'ndcg@10', 'recall@10', 'hit@1'];
  const family = fc.array(fc.array(scored, { maxLength: 12 }), { minLength: 1, maxLength: 4 }).map((samples) =>
    samples.map((scores, at) =>
      sampleOf([], {
        metric: metrics[at]!,
        pairs: scores.map(({ a, b, key }, place) => ({ id: `q${place}`, a, b, clusters: [`talk-${key}`] })),
      }),
    ),
  );
  const clusterBy = fc.constantFrom('none' as const, 'conversation' as const);

  test('for one seed twice, whatever the order of comparisons and of questions', () => {
    fc.assert(
      fc.property(family, clusterBy, fc.infiniteStream(fc.nat()), (samples, by, chance) => {
        const settings = { ...SETTINGS, resamples: 50, clusterBy: by, margin: 0.1 };
        const shuffle = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, key: Number(chance.next().value) }))
            .sort((l, r) => l.key - r.key)
            .map(({ item }) => item);
        const rows = compareFamily(samples, settings);
        const shuffled = compareFamily(
          shuffle(samples).map((sample) => ({ ...sample, pairs: shuffle(sample.pairs) })),
          settings,
        );
        const byMetric = new Map(shuffled.map((row) => [row.metric, row]));
        expect(rows.map(({ metric }) => byMetric.get(metric))).toEqual(rows);
        expect(compareFamily(samples, settings)).toEqual(rows);
        for (const row of rows) expect(pairedComparisonSchema.parse(row)).toEqual(row);
      }),
      { numRuns: 60 },
    );
  });

  test('and others for another seed', () => {
    const scores: [number, number][] = Array.from({ length: 30 }, (_, at) => [((at * 7919) % 97) / 97, ((at * 4729) % 89) / 89]);
    expect(compareOne(sampleOf(scores), { seed: 43 }).ci95).not.toEqual(compareOne(sampleOf(scores)).ci95);
  });

  test('p is never 0 and never above 1, corrected ones are never smaller, and Holm lies between', () => {
    fc.assert(
      fc.property(family, (samples) => {
        for (const { p_raw: raw, p_bonferroni: bonferroni, p_holm: holm } of compareFamily(samples, { ...SETTINGS, resamples: 50 })) {
          if (raw === null) continue;
          expect(raw).toBeGreaterThan(0);
          expect(raw).toBeLessThanOrEqual(holm!);
          expect(holm).toBeLessThanOrEqual(bonferroni!);
          expect(bonferroni).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test.each([true, false])('CMP-4: all differences 0, binary %s: interval [0, 0], p 1, not significant', (isBinary) => {
  const row = compareOne(sampleOf(answers(0, 0, 7, 5), { isBinary }));
  expect(row).toMatchObject({ delta: 0, ci95: [0, 0], p_raw: 1, p_bonferroni: 1, p_holm: 1, mde: 0, significant: false });
  expect(row.text).toContain('not significant');
});

describe('a family', () => {
  test('by hand: p 1/32, 1/2 and 1/64 of four comparisons, one of them not testable', () => {
    const rows = compareFamily(
      [
        sampleOf(answers(6, 0, 9), { metric: 'hit@1', isBinary: true }),
        sampleOf(answers(2, 0, 9), { metric: 'hit@3', isBinary: true }),
        sampleOf(answers(7, 0, 9), { metric: 'hit@5', isBinary: true }),
        sampleOf(answers(1, 0), { metric: 'hit@10', isBinary: true }),
      ],
      SETTINGS,
    );
    expect(rows.map(({ m }) => m)).toEqual([4, 4, 4, 4]);
    expect(rows.map(({ p_raw: p }) => p)).toEqual([1 / 32, 0.5, 1 / 64, null]);
    expect(rows.map(({ p_bonferroni: p }) => p)).toEqual([4 / 32, 1, 4 / 64, null]);
    // In order: 4 x 1/64, then 3 x 1/32, then 2 x 1/2.
    expect(rows.map(({ p_holm: p }) => p)).toEqual([3 / 32, 1, 4 / 64, null]);
  });

  test('detects less, the more it compares: the quantile of 1 - 0.05/24 is 2.8653', () => {
    const twelve = Array.from({ length: 12 }, (_, at) => sampleOf(answers(1, 1), { metric: `hit@${at + 1}`, isBinary: true }));
    // Differences 1 and -1: s^2 = 2, over 2 questions 1.
    expect(compareFamily(twelve, SETTINGS)[0]!.mde).toBeCloseTo(2.8653 + 0.8416, 3);
  });

  test('of nothing has no rows', () => expect(compareFamily([], SETTINGS)).toEqual([]));

  test('at another level: the interval and what is significant follow it', () => {
    const sample = sampleOf(answers(6, 0, 25), { isBinary: true });
    const [strict, loose] = [compareOne(sample, { alpha: 0.01 }), compareOne(sample, { alpha: 0.1 })];
    expect([strict.significant, loose.significant]).toEqual([false, true]);
    expect(strict.ci95![0]).toBeLessThanOrEqual(loose.ci95![0]);
    expect([strict.text, loose.text]).toEqual([expect.stringContaining(', 99 % '), expect.stringContaining(', 90 % ')]);
  });
});

describe('non-inferiority', () => {
  const scores: [number, number][] = Array.from({ length: 10 }, () => [1, 0.99]);

  test.each([
    [0.02, true],
    // The lower end is the margin itself, but for the order of adding, and not above it.
    [0.01, false],
    [0, false],
  ])('a loss of 0.01 everywhere, margin %d: %s', (margin, expected) => {
    const row = compareOne(sampleOf(scores), { margin });
    expect(row.non_inferior).toBe(expected);
    expect(row.text.includes('non-inferior')).toBe(expected);
  });

  test('goes by the lower end of the interval, not by the mean', () => {
    const row = compareOne(sampleOf(answers(6, 6, 10), { isBinary: true }), { margin: 0.1 });
    expect(row).toMatchObject({ delta: 0, non_inferior: false });
  });

  test.each([-0.1, Number.NaN, Infinity])('a margin of %d is refused', (margin) => {
    expect(() => compareOne(sampleOf(scores), { margin })).toThrow(/margin/);
  });
});

describe('clusters', () => {
  const talk = (keys: readonly (readonly string[])[], differences: readonly number[]): PairedSample =>
    sampleOf([], { pairs: differences.map((b, at) => ({ id: `q${at}`, a: 0, b, clusters: keys[at] ?? [] })) });

  test('are what is connected: a and b through s2, q4 alone, and q5 without a key', () => {
    const row = compareOne(talk([['s1', 's2'], ['s3'], ['s2', 's3'], ['s4'], []], [1, 1, 1, 0, 0]), { clusterBy: 'conversation' });
    expect(row.clusters).toBe(3);
    // Of {1, 1, 1}, {0} and {0}: with all three the first, 1; with none of it, 0.
    expect(row.ci95).toEqual([0, 1]);
    expect(row.text).toContain('3 clusters drawn; fewer than 10 clusters');
  });

  test('draw nothing where all is one: then nothing can be tested', () => {
    const row = compareOne(talk([['s1'], ['s1'], ['s1']], [1, 1, 1]), { clusterBy: 'conversation' });
    expect(row).toMatchObject({ n: 3, clusters: 1, ci95: null, p_raw: null, significant: false });
    expect(row.text).toMatch(/not testable: 1 of at least 2 clusters; not significant/);
  });

  test('without keys are the questions, number by number', () => {
    const differences = [0.4, -0.1, 0.2, 0.6, -0.3];
    const { clusters, text: _, ...clustered } = compareOne(talk([], differences), { clusterBy: 'conversation' });
    const { text: __, ...plain } = compareOne(talk([], differences));
    expect([clusters, clustered]).toEqual([5, plain]);
  });

  test('are not looked at unless that is asked for', () => {
    expect(compareOne(talk([['s1'], ['s1']], [1, 0]))).not.toHaveProperty('clusters');
  });

  test('ten are no longer few', () => {
    const keys = Array.from({ length: 10 }, (_, at) => [`s${at}`]);
    expect(
      compareOne(
        talk(
          keys,
          Array.from({ length: 10 }, () => 0.1),
        ),
        { clusterBy: 'conversation' },
      ).text,
    ).not.toContain('fewer than');
  });
});

describe('refused', () => {
  test.each([Number.NaN, Infinity, -Infinity])('a score of %d, with its question', (score) => {
    expect(() =>
      compareOne(
        sampleOf([
          [0, 1],
          [score, 1],
        ]),
      ),
    ).toThrow(RangeError);
    expect(() =>
      compareOne(
        sampleOf([
          [0, 1],
          [0, score],
        ]),
      ),
    ).toThrow(/q0001/);
  });

  test('half right where only right and wrong are known', () => {
    expect(() =>
      compareOne(
        sampleOf(
          [
            [0, 0.5],
            [1, 1],
          ],
          { isBinary: true },
        ),
      ),
    ).toThrow(/0 or 1, found 0[.]5/);
  });

  test('a question that comes twice', () => {
    const pairs = [1, 2].map((b) => ({ id: 'low tide', a: 0, b }));
    expect(() => compareOne(sampleOf([], { pairs }))).toThrow(/low tide: expected it once/);
  });

  test.each([{ alpha: 0 }, { alpha: 1 }, { resamples: 0 }, { resamples: 1.5 }])('%j', (settings) => {
    expect(() =>
      compareOne(
        sampleOf([
          [0, 1],
          [1, 0],
        ]),
        settings,
      ),
    ).toThrow(RangeError);
  });
});
