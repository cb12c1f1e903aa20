import type { FamilySettings } from '../compare-family.ts';
import { STANDOUT_RULE } from './find-standouts.ts';

/** How the numbers of a comparison were made, and what they do not say, in sentences. */
export function tellMethodology({ seed, resamples, alpha, margin, clusterBy = 'none' }: FamilySettings, sharedBy: string | null): string[] {
  const level = Number((100 * (1 - alpha)).toPrecision(6));
  const drawn = clusterBy === 'none' ? 'questions' : `clusters of questions that share ${sharedBy ?? 'a conversation'}`;
  return [
    `Arms are compared question by question; differences are the second arm minus the first, over the questions that count in both.`,
    `Intervals of differences: paired bootstrap over ${drawn}, ${resamples} resamples, level ${level} %, generator sfc32 seeded by sha256 of "${seed}|suite|metric|first arm|second arm".`,
    'p: the exact two-sided McNemar test where a question is right or wrong, else the bootstrap, (r + 1) / (B + 1), which is never 0.',
    'One suite is one family: m is pairs of arms times metrics. Bonferroni decides; Holm stands beside it.',
    `A difference is significant only if its interval leaves out 0 and its Bonferroni p is at most ${alpha}; everything else reads "not significant".`,
    'MDE: the smallest true difference that so many questions find with power 0.80, corrected for m.',
    ...(margin === undefined ? [] : [`Non-inferior is a second arm whose interval lies above -${margin} as a whole.`]),
    `Means of arms are over the questions that count in every arm; yes and no with the Wilson interval, others with the bootstrap over ${drawn}.`,
    'Failures of the search or of the harness count as misses; runs with more than 10 % of the latter, or that ran out of budget, are not compared.',
    STANDOUT_RULE,
    'Expectations are judged by the observed figure; its interval says how sure that is.',
    'Results describe the given data, not the collection or the questions of the reader; no satisfaction of users and no concurrency is measured.',
    'Cost is an estimate unless it was settled with the provider; tokens are counted as characters / 4.',
  ];
}
