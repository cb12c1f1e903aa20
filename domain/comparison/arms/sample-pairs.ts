import type { PairedSample } from '../compare-family.ts';
import { isBinaryMetric } from './metrics.ts';
import type { Scores } from './score-arms.ts';

/** One metric of two arms over the questions that count in both. */
export function sampleOf(suite: string, metric: string, armA: string, armB: string, scores: Scores): PairedSample {
  const pairs = scores.questions.flatMap(({ id, clusters }) => {
    const [a, b] = [scores.of(armA, metric, id), scores.of(armB, metric, id)];
    return a === null || b === null ? [] : [{ id, a, b, clusters }];
  });
  return {
    suite,
    metric,
    armA,
    armB,
    isBinary: isBinaryMetric(
      metric,
      pairs.flatMap(({ a, b }) => [a, b]),
    ),
    pairs,
  };
}
