import { compareFamily, type PairedSample } from '../../../domain/comparison/index.ts';
import { leavesOutZero } from '../../../domain/stats/bootstrap-interval.ts';
import type { PairedComparison } from '../../../schemas/paired-comparison.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { Finding } from './findings.ts';

const REPETITIONS = 1_000;
const RESAMPLES = 2_000;
const QUESTIONS = 100;
const ALPHA = 0.05;
const ARMS = ['conservative', 'balanced', 'tokenmax'] as const;
const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;
/** What a question scores: how hard it is counts for every arm alike, chance for each by itself. */
const METRICS: Readonly<Record<string, (hard: number, chance: Chance) => number>> = {
  'hit@1': (hard, { uniform }) => Number(uniform() < hard),
  mrr: (hard, { uniform }) => (uniform() < hard ? 1 : 1 / (2 + Math.floor(9 * uniform()))),
  'ndcg@10': (hard, { normal }) => hard + 0.2 * normal(),
  cost: (hard, { skewed }) => hard * skewed(),
};

/** How often a family of 12 comparisons of arms that do not differ claims a difference: with the correction, and with none. */
export function simulateFamilies(): Finding[] {
  const chance = chanceOf('families');
  let [corrected, uncorrected] = [0, 0];
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    const rows = compareFamily(sampleArms(chance), { seed: repetition, resamples: RESAMPLES, alpha: ALPHA });
    corrected += Number(rows.some(({ significant }) => significant));
    uncorrected += Number(rows.some(isClaimedAlone));
  }
  // One in a hundred runs of a procedure that errs in exactly 5 % lies above.
  const to = ALPHA + 2.326 * Math.sqrt((ALPHA * (1 - ALPHA)) / REPETITIONS);
  return [
    { what: 'false alarms of 12 comparisons, corrected', share: corrected / REPETITIONS, from: 0, to },
    { what: 'false alarms of 12 comparisons, uncorrected', share: uncorrected / REPETITIONS, from: 0, to, isPlanted: true },
  ];
}

function isClaimedAlone({ ci95, p_raw: p }: PairedComparison): boolean {
  return ci95 !== null && p !== null && p <= ALPHA && leavesOutZero({ low: ci95[0], high: ci95[1] });
}

function sampleArms(chance: Chance): PairedSample[] {
  const hard = Array.from({ length: QUESTIONS }, chance.uniform);
  return Object.entries(METRICS).flatMap(([metric, score]) => {
    const scores = ARMS.map(() => hard.map((value) => score(value, chance)));
    return PAIRS.map(([a, b]): PairedSample => {
      const pairs = hard.map((_, at) => ({ id: String(at).padStart(4, '0'), a: scores[a]![at]!, b: scores[b]![at]! }));
      return { suite: 'families', metric, armA: ARMS[a], armB: ARMS[b], isBinary: metric === 'hit@1', pairs };
    });
  });
}
