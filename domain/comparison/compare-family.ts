import type { PairedComparison } from '../../schemas/paired-comparison.ts';
import { leavesOutZero, liesAbove } from '../stats/bootstrap-interval.ts';
import { detectablePaired } from '../stats/minimum-detectable.ts';
import { adjustBonferroni, adjustHolm } from '../stats/multiplicity.ts';
import { normalQuantile } from '../stats/normal-quantile.ts';
import { signTest } from '../stats/sign-test.ts';
import { measurePairs, type MeasuredPairs, type ScoredPair } from './measure-pairs.ts';
import { tellComparison } from './tell-comparison.ts';

/** One metric of two arms, question by question. Higher is better. */
export interface PairedSample {
  readonly suite: string;
  readonly metric: string;
  readonly armA: string;
  readonly armB: string;
  /** True when a question has the value 0 or 1 and nothing between. */
  readonly isBinary: boolean;
  /** The questions that both arms answered, each once. */
  readonly pairs: readonly ScoredPair[];
}

/** How a family of comparisons is tested. */
export interface FamilySettings {
  readonly seed: number;
  readonly resamples: number;
  /** Level of the tests; intervals are those of 1 - alpha. */
  readonly alpha: number;
  /** How much B may fall behind A and still count as no worse. */
  readonly margin?: number;
  /** `conversation` draws questions that share one together. `none` unless stated. */
  readonly clusterBy?: 'none' | 'conversation';
}

/**
 * Tests the comparisons of one suite in one report, which are one family: a bootstrap interval of each mean difference, B minus A, p by McNemar's exact
 * test where a question is right or wrong and by the bootstrap elsewhere, both corrected for the size of the family, in which comparisons of fewer than
 * two questions count too. Significant is only what leaves out 0 and has a Bonferroni p of at most alpha. In the order given; the numbers of one do not
 * depend on that order, nor on the order of its questions. RangeError for scores that are no finite numbers, binary ones that are not 0 or 1, questions
 * that come twice, and settings outside their range.
 */
export function compareFamily(samples: readonly PairedSample[], settings: FamilySettings): PairedComparison[] {
  checkSettings(settings);
  const m = samples.length;
  const tested = samples.map((sample) => testSample(sample, settings));
  const ps = tested.map(({ p }) => p ?? 1);
  const [bonferroni, holm] = [adjustBonferroni(ps, m), adjustHolm(ps, m)];
  const z = m === 0 ? 0 : normalQuantile(1 - settings.alpha / (2 * m));
  return tested.map((one, at) => decide(one, { bonferroni: bonferroni[at]!, holm: holm[at]!, m, z }, settings));
}

interface Tested {
  readonly sample: PairedSample;
  readonly measured: MeasuredPairs;
  /** Uncorrected; null where nothing can be tested. */
  readonly p: number | null;
}

interface Correction {
  readonly bonferroni: number;
  readonly holm: number;
  readonly m: number;
  /** Quantile of the normal distribution for one of m comparisons. */
  readonly z: number;
}

function checkSettings({ margin }: FamilySettings): void {
  if (margin !== undefined && !(Number.isFinite(margin) && margin >= 0))
    throw new RangeError(`comparing arms: expected a margin from 0 on, found ${margin}. Pass one, such as 0.02.`);
}

function testSample(sample: PairedSample, { seed, resamples, alpha, clusterBy = 'none' }: FamilySettings): Tested {
  const { suite, metric, armA, armB, isBinary, pairs } = sample;
  const stream = [seed, suite, metric, armA, armB].join('|');
  const measured = measurePairs(pairs, { stream, resamples, alpha, isBinary, isClustered: clusterBy === 'conversation' });
  const { interval, gains, losses } = measured;
  return { sample, measured, p: interval === null ? null : isBinary ? signTest(gains, losses) : interval.p };
}

function decide({ sample, measured, p }: Tested, { bonferroni, holm, m, z }: Correction, settings: FamilySettings): PairedComparison {
  const { interval, gains, losses, clusters } = measured;
  const { alpha, margin } = settings;
  const row = {
    suite: sample.suite,
    metric: sample.metric,
    arm_a: sample.armA,
    arm_b: sample.armB,
    n: measured.n,
    mean_a: measured.meanA,
    mean_b: measured.meanB,
    delta: measured.delta,
    ci95: interval === null ? null : ([interval.low, interval.high] satisfies [number, number]),
    p_raw: p,
    p_bonferroni: p === null ? null : bonferroni,
    p_holm: p === null ? null : holm,
    m,
    test: sample.isBinary ? ('mcnemar_exact' as const) : ('paired_bootstrap' as const),
    ...(sample.isBinary ? { discordant: { b: gains, c: losses } } : {}),
    mde: detectablePaired(measured.differences, z),
    ...(clusters === null ? {} : { clusters }),
    ...(margin === undefined ? {} : { non_inferior: interval !== null && liesAbove(interval.low, -margin) }),
    significant: interval !== null && leavesOutZero(interval) && bonferroni <= alpha,
  };
  return { ...row, text: tellComparison(row, { alpha, margin }) };
}
