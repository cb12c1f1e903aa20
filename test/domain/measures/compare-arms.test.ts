import { describe, expect, test } from 'vitest';
import {
  compareArms,
  evaluateRankings,
  isMeasure,
  judgeFloors,
  parseMeasure,
  readQrels,
  type Measure,
} from '../../../domain/measures/index.ts';

const CHANCE = { seed: 42, resamples: 1000 };
const NAMES = { a: 'before', b: 'after' };
const RULES = { relevanceLevel: 1, isJudgedOnly: false, mostDocs: null, isComplete: true, countsHopeless: false };

function take(name: string): Measure {
  const measure = parseMeasure(name);
  if (!isMeasure(measure)) throw new Error(`${name} ${measure.reason}`);
  return measure;
}

/** An evaluation of as many queries as there are ranks: the place of the one relevant document, 0 where it was not found. */
function evaluationOf(ranks: readonly number[], names: readonly string[]) {
  const qrels = readQrels(ranks.map((_, at) => `q${at} 0 boat 1`).join('\n'), 'qrels');
  const rankings = new Map(
    ranks.map((rank, at) => [
      `q${at}`,
      [...Array.from({ length: Math.max(0, rank - 1) }, (_, place) => `d${place}`), ...(rank > 0 ? ['boat'] : [])],
    ]),
  );
  return evaluateRankings(qrels, rankings, names.map(take), RULES);
}

describe('two sides', () => {
  test('that are the same are not significant: interval [0, 0] and p 1', () => {
    const same = evaluationOf([1, 2, 1, 3], ['hit@1', 'MRR']);
    for (const row of compareArms(same, same, NAMES, CHANCE)) {
      expect(row).toMatchObject({ delta: 0, ci95: [0, 0], p_raw: 1, p_bonferroni: 1, p_holm: 1, significant: false, m: 2 });
      expect(row.text).toContain('not significant');
    }
  });

  test('twenty of twenty queries better: apart, by the exact test where a query is right or wrong', () => {
    const before = evaluationOf(
      Array.from({ length: 20 }, () => 2),
      ['hit@1', 'MRR'],
    );
    const after = evaluationOf(
      Array.from({ length: 20 }, () => 1),
      ['hit@1', 'MRR'],
    );
    const [hit, mrr] = compareArms(before, after, NAMES, CHANCE);
    // 2 / 2^20, and twice that for two measures.
    expect(hit).toMatchObject({ test: 'mcnemar_exact', discordant: { b: 20, c: 0 }, delta: 1, significant: true });
    expect(hit!.p_raw! * 2 ** 19).toBeCloseTo(1, 9);
    expect(hit!.p_bonferroni! * 2 ** 18).toBeCloseTo(1, 9);
    expect(hit!.text).toMatch(/^after is higher/);
    // Every resample has the same mean, as far from it as it can be: 1/1001 is the least that 1,000 resamples give.
    expect(mrr).toMatchObject({ test: 'paired_bootstrap', mean_a: 0.5, mean_b: 1, significant: true });
    expect(mrr!.p_raw).toBeCloseTo(1 / 1001, 12);
    expect(mrr).not.toHaveProperty('discordant');
  });

  test('a larger mean alone wins nothing', () => {
    const [row] = compareArms(evaluationOf([1, 2, 2, 1], ['hit@1']), evaluationOf([1, 1, 2, 1], ['hit@1']), NAMES, CHANCE);
    expect(row).toMatchObject({ delta: 0.25, discordant: { b: 1, c: 0 }, p_raw: 1, significant: false });
    expect(row!.text).toContain('not significant');
  });

  test('what is significant alone is not among many measures', () => {
    const names = ['hit@1', 'hit@2', 'hit@3', 'hit@4', 'hit@5', 'hit@6', 'hit@7', 'hit@8'];
    const before = evaluationOf([2, 2, 2, 2, 2, 2, 2, 1, 1, 1], names);
    const after = evaluationOf([1, 1, 1, 1, 1, 1, 1, 1, 1, 1], names);
    // 7 gains of 7: p = 2 / 2^7 = .015625, and 8 times that.
    expect(compareArms(before, after, NAMES, CHANCE)[0]).toMatchObject({
      p_raw: expect.closeTo(0.015625, 12),
      p_bonferroni: expect.closeTo(0.125, 12),
      significant: false,
    });
  });

  test('one query cannot be tested', () => {
    const [row] = compareArms(evaluationOf([1], ['MRR']), evaluationOf([2], ['MRR']), NAMES, CHANCE);
    expect(row).toMatchObject({ n: 1, ci95: null, p_raw: null, mde: null, significant: false });
    expect(row!.text).toContain('not testable');
  });

  test('sums have no value of a query to compare', () => {
    const one = evaluationOf([1, 2], ['num_rel', 'gm_map', 'MRR']);
    expect(compareArms(one, one, NAMES, CHANCE).map(({ metric }) => metric)).toEqual(['MRR']);
  });
});

test('floors: held at the value itself, missed below it and without a value', () => {
  const evaluation = evaluationOf([1, 2], ['MRR']);
  const floor = (name: string, least: number) => ({ text: name, measure: take(name), least });
  expect(judgeFloors([floor('MRR', 0.75), floor('mrr', 0.76), floor('MAP', 0)], evaluation)).toEqual([
    { metric: 'MRR', floor: 0.75, value: 0.75, is_met: true },
    { metric: 'mrr', floor: 0.76, value: 0.75, is_met: false },
    { metric: 'MAP', floor: 0, value: null, is_met: false },
  ]);
});
