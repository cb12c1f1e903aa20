import type { ArmComparison } from '../../schemas/qrels-report.ts';
import { detectablePaired } from '../stats/minimum-detectable.ts';
import { adjustBonferroni, adjustHolm } from '../stats/multiplicity.ts';
import { normalQuantile } from '../stats/normal-quantile.ts';
import { bootstrapPaired } from '../stats/paired-bootstrap.ts';
import { signTest } from '../stats/sign-test.ts';
import { mean } from '../stats/variance.ts';
import type { Chance } from './estimate-measures.ts';
import type { Evaluation } from './evaluate.ts';
import type { Measure } from './measure-family.ts';

const ALPHA = 0.05;

/**
 * Compares two evaluations of the same queries, measure by measure, query by query: B minus A with a bootstrap interval, p by McNemar's exact test
 * where a query has the value 0 or 1 and by the bootstrap elsewhere, corrected for the number of measures. Apart are two sides only where the interval
 * leaves out 0 and Bonferroni's p is at most 0.05. Sums and geometric means, which have no value of a query, are left out.
 */
export function compareArms(
  a: Evaluation,
  b: Evaluation,
  names: { readonly a: string; readonly b: string },
  chance: Chance,
): ArmComparison[] {
  const family = a.measures.flatMap((measure, at) => (measure.family.summary === 'mean' ? [{ measure, at }] : []));
  const m = family.length;
  const tested = family.map(({ measure, at }) => testMeasure(measure, pairValues(a, b, at), names, m, chance));
  const ps = tested.map(({ p_raw }) => p_raw ?? 1);
  const [bonferroni, holm] = [adjustBonferroni(ps, m), adjustHolm(ps, m)];
  return tested.map((row, at) => decide(row, bonferroni[at]!, holm[at]!));
}

type Pair = readonly [a: number, b: number];
type Tested = Omit<ArmComparison, 'p_bonferroni' | 'p_holm' | 'significant' | 'text'>;

function pairValues(a: Evaluation, b: Evaluation, at: number): Pair[] {
  const others = new Map(b.perQuery.map(({ id, values }) => [id, values[at] ?? null]));
  return a.perQuery.flatMap(({ id, values }): Pair[] => {
    const [left, right] = [values[at] ?? null, others.get(id) ?? null];
    return left === null || right === null ? [] : [[left, right]];
  });
}

function testMeasure(
  { name, family: { isBinary } }: Measure,
  pairs: readonly Pair[],
  names: { readonly a: string; readonly b: string },
  m: number,
  { seed, resamples }: Chance,
): Tested {
  const n = pairs.length;
  const differences = pairs.map(([left, right]) => right - left);
  const interval = bootstrapPaired(differences, [seed, 'qrels', name, names.a, names.b].join('|'), resamples);
  const gains = differences.filter((difference) => difference > 0).length;
  const losses = differences.filter((difference) => difference < 0).length;
  return {
    suite: 'qrels',
    metric: name,
    arm_a: names.a,
    arm_b: names.b,
    n,
    mean_a: n === 0 ? null : mean(pairs.map(([left]) => left)),
    mean_b: n === 0 ? null : mean(pairs.map(([, right]) => right)),
    delta: n === 0 ? null : mean(differences),
    ci95: interval === null ? null : [interval.low, interval.high],
    p_raw: interval === null ? null : isBinary ? signTest(gains, losses) : interval.p,
    m,
    test: isBinary ? 'mcnemar_exact' : 'paired_bootstrap',
    ...(isBinary ? { discordant: { b: gains, c: losses } } : {}),
    mde: detectablePaired(differences, normalQuantile(1 - ALPHA / (2 * m))),
  };
}

function decide(row: Tested, bonferroni: number, holm: number): ArmComparison {
  const { ci95, p_raw, delta, n, arm_a, arm_b } = row;
  if (ci95 === null || p_raw === null || delta === null) {
    const text = `not testable: ${n} of at least 2 queries; not significant`;
    return { ...row, p_bonferroni: null, p_holm: null, significant: false, text };
  }
  const isApart = (ci95[0] > 0 || ci95[1] < 0) && bonferroni <= ALPHA;
  const numbers = `B minus A ${signed(delta)}, 95 % ${signed(ci95[0])} to ${signed(ci95[1])}, adjusted p ${Number(bonferroni.toPrecision(3))}`;
  const text = isApart ? `${delta > 0 ? arm_b : arm_a} is higher: ${numbers}` : `not significant: ${numbers}`;
  return { ...row, p_bonferroni: bonferroni, p_holm: holm, significant: isApart, text };
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}
