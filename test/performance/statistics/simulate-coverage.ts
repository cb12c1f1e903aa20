import { bootstrapClusters } from '../../../domain/stats/cluster-bootstrap.ts';
import { bootstrapPaired } from '../../../domain/stats/paired-bootstrap.ts';
import { mean } from '../../../domain/stats/variance.ts';
import { chanceOf, drawMany, type Chance } from './chance.ts';
import type { Finding } from './findings.ts';

const REPETITIONS = 2_000;
const RESAMPLES = 1_000;
const PROMISED = { from: 0.93, to: 0.97 };
const CLUSTERS = 60;
const QUESTIONS_EACH = 5;

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Differences of questions whose mean is known. */
const SHAPES: Readonly<Record<string, { readonly count: number; readonly truth: number; draw(chance: Chance): number }>> = {
  normal: { count: 100, truth: 0.1, draw: (chance) => 0.1 + 0.4 * chance.normal() },
  'yes and no': { count: 200, truth: 0.1, draw: ({ uniform }) => yesOrNo(uniform(), 0.25, 0.15) },
  skewed: { count: 300, truth: 1, draw: ({ skewed }) => skewed() },
};

/** How often the interval of 95 % holds the true mean: of questions, of questions in clusters, and with planted faults. */
export function simulateCoverage(): Finding[] {
  const plain = Object.entries(SHAPES).map(([shape, { count, truth, draw }]): Finding => {
    const chance = chanceOf(`coverage ${shape}`);
    const share = coverage(truth, (seed) =>
      bootstrapPaired(
        drawMany(count, () => draw(chance)),
        seed,
        { resamples: RESAMPLES },
      )!,
    );
    return { what: `coverage: ${shape}, ${count} questions`, share, ...PROMISED };
  });
  const normal = SHAPES['normal']!;
  const chance = chanceOf('coverage planted');
  const narrowed = coverage(normal.truth, (seed) => {
    const { low, high } = bootstrapPaired(
      drawMany(normal.count, () => normal.draw(chance)),
      seed,
      { resamples: RESAMPLES },
    )!;
    const tenth = (high - low) / 10;
    return { low: low + tenth, high: high - tenth };
  });
  const talks = `${CLUSTERS} conversations of ${QUESTIONS_EACH} questions`;
  return [
    ...plain,
    { what: 'coverage: normal, each interval a fifth narrower', share: narrowed, ...PROMISED, isPlanted: true },
    { what: `coverage: ${talks}, conversations drawn`, share: coverTalks('talks', drawTalks), ...PROMISED },
    { what: `coverage: ${talks}, questions drawn`, share: coverTalks('questions', drawQuestions), ...PROMISED, isPlanted: true },
  ];
}

function coverage(truth: number, interval: (seed: string) => Interval): number {
  const hits = drawMany(REPETITIONS, () => 0).map((_, repetition) => {
    const { low, high } = interval(`coverage|${repetition}`);
    return Number(low <= truth && truth <= high);
  });
  return mean(hits);
}

/** What the questions of a conversation share is as large as what each has of its own. */
function coverTalks(name: string, interval: (talks: readonly (readonly number[])[], seed: string) => Interval): number {
  const chance = chanceOf(`coverage ${name}`);
  return coverage(0.1, (seed) => {
    const talks = Array.from({ length: CLUSTERS }, () => {
      const shared = 0.3 * chance.normal();
      return drawMany(QUESTIONS_EACH, () => 0.1 + shared + 0.3 * chance.normal());
    });
    return interval(talks, seed);
  });
}

function drawTalks(talks: readonly (readonly number[])[], seed: string): Interval {
  return bootstrapClusters(talks, seed, { resamples: RESAMPLES })!;
}

function drawQuestions(talks: readonly (readonly number[])[], seed: string): Interval {
  return bootstrapPaired(talks.flat(), seed, { resamples: RESAMPLES })!;
}

function yesOrNo(at: number, gains: number, losses: number): number {
  if (at < gains) return 1;
  return at < gains + losses ? -1 : 0;
}
