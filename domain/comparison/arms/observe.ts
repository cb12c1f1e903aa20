import type { Expectation } from '../../../schemas/expectations.ts';
import { bootstrapRatio } from '../../stats/ratio-bootstrap.ts';
import { compareFamily, type FamilySettings } from '../compare-family.ts';
import { joinClusters } from '../join-clusters.ts';
import type { SuiteComparison } from './compare-suite.ts';
import { measureArms } from './measure-arms.ts';
import { sampleOf } from './sample-pairs.ts';

/** A figure in the unit of its expectation, with where it may lie by chance of the questions. */
export interface Observation {
  readonly observed: number;
  readonly ci95: [number, number] | null;
}

/** Why an expectation cannot be tested. */
export interface NotTestable {
  readonly reason: string;
}

/** The figure that an expectation is about, of one arm of a suite. A difference or ratio is that of the arm against the one it is compared with. */
export function observe(
  expectation: Expectation,
  armName: string,
  compared: SuiteComparison,
  settings: FamilySettings,
): Observation | NotTestable {
  const { metric, versus, statistic } = expectation;
  const { available, summary } = compared;
  const [arm, ...twins] = armsOf(compared, armName);
  const [other, ...otherTwins] = armsOf(compared, versus ?? armName);
  if (arm === undefined || twins.length > 0) return { reason: whyNoArm(armName, twins) };
  if (other === undefined || otherTwins.length > 0) return { reason: whyNoArm(versus ?? armName, otherTwins) };
  if (!available.includes(metric)) return { reason: `no question of ${summary.suite} has ${metric}` };
  if (statistic === 'value') return observeValue(expectation, arm, compared, settings);
  if (arm === other) return { reason: `${arm} is compared with itself` };
  return statistic === 'ratio'
    ? observeRatio(expectation, arm, other, compared, settings)
    : observeDifference(expectation, arm, other, compared, settings);
}

/** An arm by its name, or every one of a mode: where two records of it are compared, nobody can tell which one is meant. */
function armsOf({ summary, arms }: SuiteComparison, name: string): string[] {
  return summary.arms.includes(name) ? [name] : arms.filter(({ record }) => record.mode === name).map((arm) => arm.name);
}

function whyNoArm(name: string, twins: readonly string[]): string {
  return twins.length > 0 ? `${twins.length + 1} arms are of ${name}` : `${name} is not compared`;
}

function observeValue({ metric, unit }: Expectation, arm: string, { summary, arms, scores }: SuiteComparison, settings: FamilySettings) {
  const known = summary.arm_metrics.find((row) => row.arm === arm && row.metric === metric && row.method === 'bootstrap');
  const own = arms.filter(({ name }) => name === arm);
  const { mean, ci95 } = known ?? measureArms(summary.suite, own, [metric], scores, settings, 'bootstrap')[0]!;
  return mean === null ? { reason: `no question counts in ${metric} in every arm` } : inUnit(unit, mean, ci95);
}

function observeDifference(
  { metric, unit, statistic }: Expectation,
  arm: string,
  other: string,
  compared: SuiteComparison,
  settings: FamilySettings,
): Observation | NotTestable {
  const isBetween = (row: { arm_a: string; arm_b: string; metric: string }): boolean =>
    row.metric === metric && [row.arm_a, row.arm_b].includes(arm) && [row.arm_a, row.arm_b].includes(other);
  const known = compared.comparisons.find(isBetween);
  const row =
    known ?? compareFamily([sampleOf(compared.summary.suite, metric, ...inOrder(compared, arm, other), compared.scores)], settings)[0]!;
  const { delta, ci95 } = row;
  if (delta === null) return { reason: `no question counts in ${metric} in both arms` };
  const [signed, interval] = row.arm_b === arm ? [delta, ci95] : [-delta, ci95 === null ? null : turn(ci95)];
  return statistic === 'difference'
    ? inUnit(unit, signed, interval)
    : inUnit(unit, Math.abs(signed), interval === null ? null : fold(interval));
}

/** The stream of chance goes by the arms in their order, so the difference of both is the same whichever of them is named first. */
function inOrder({ summary }: SuiteComparison, arm: string, other: string): [string, string] {
  return summary.arms.indexOf(arm) < summary.arms.indexOf(other) ? [arm, other] : [other, arm];
}

function turn([low, high]: readonly [number, number]): [number, number] {
  return [-high, -low];
}

/** Where the size of a difference may lie. */
function fold([low, high]: readonly [number, number]): [number, number] {
  const [left, right] = [Math.abs(low), Math.abs(high)];
  return low <= 0 && high >= 0 ? [0, Math.max(left, right)] : [Math.min(left, right), Math.max(left, right)];
}

function observeRatio(
  { metric, unit }: Expectation,
  arm: string,
  other: string,
  { summary, scores }: SuiteComparison,
  { seed, resamples, alpha, clusterBy }: FamilySettings,
): Observation | NotTestable {
  const { pairs } = sampleOf(summary.suite, metric, other, arm, scores);
  const places = clusterBy === 'conversation' ? joinClusters(pairs) : pairs.map((_, place) => [place]);
  const sums = places.map((of) => ({ over: sumOf(of.map((at) => pairs[at]!.b)), under: sumOf(of.map((at) => pairs[at]!.a)) }));
  const stream = [seed, summary.suite, metric, other, arm, 'ratio'].join('|');
  const found = bootstrapRatio(sums, stream, { resamples, alpha });
  if (found === null) return { reason: `${metric} of ${other} is 0, or no question counts in both arms` };
  return inUnit(unit, found.ratio, found.interval === null ? null : [...found.interval]);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

const PERCENT = 100;

function inUnit(unit: Expectation['unit'], value: number, ci95: readonly [number, number] | null): Observation {
  const factor = unit === 'pp' ? PERCENT : 1;
  return { observed: value * factor, ci95: ci95 === null ? null : [ci95[0] * factor, ci95[1] * factor] };
}
