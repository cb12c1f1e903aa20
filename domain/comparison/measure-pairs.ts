import type { BootstrapInterval, Resampling } from '../stats/bootstrap-interval.ts';
import { bootstrapClusters } from '../stats/cluster-bootstrap.ts';
import { bootstrapPaired } from '../stats/paired-bootstrap.ts';
import { mean } from '../stats/variance.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { joinClusters } from './join-clusters.ts';

/** What two arms scored in one question. */
export interface ScoredPair {
  readonly id: string;
  readonly a: number;
  readonly b: number;
  /** What the question shares with others: a declared conversation, sessions of its haystack. */
  readonly clusters?: readonly string[];
}

/** How a mean difference is measured. */
export interface PairSettings extends Resampling {
  /** Names the stream of chance. */
  readonly stream: string;
  /** Scores have to be 0 or 1. */
  readonly isBinary?: boolean;
  /** Questions that belong together are drawn together. */
  readonly isClustered?: boolean;
}

/** A mean difference, B minus A, before anything is decided. Means are null without pairs, the interval where fewer than two can be drawn. */
export interface MeasuredPairs {
  readonly n: number;
  readonly meanA: number | null;
  readonly meanB: number | null;
  readonly delta: number | null;
  /** In the order of the questions' ids. */
  readonly differences: readonly number[];
  readonly gains: number;
  readonly losses: number;
  readonly interval: BootstrapInterval | null;
  /** How many were drawn; null where questions were. */
  readonly clusters: number | null;
}

/** Measures the mean difference of pairs, in whatever order they come. RangeError for scores that cannot be compared, and for questions that come twice. */
export function measurePairs(
  given: readonly ScoredPair[],
  { stream, isBinary = false, isClustered = false, ...resampling }: PairSettings,
): MeasuredPairs {
  const pairs = orderPairs(given);
  for (const pair of pairs) checkScores(pair, isBinary);
  const n = pairs.length;
  const differences = pairs.map(({ a, b }) => b - a);
  const clusters = isClustered ? joinClusters(pairs) : null;
  return {
    n,
    meanA: n === 0 ? null : mean(pairs.map(({ a }) => a)),
    meanB: n === 0 ? null : mean(pairs.map(({ b }) => b)),
    delta: n === 0 ? null : mean(differences),
    differences,
    gains: differences.filter((difference) => difference > 0).length,
    losses: differences.filter((difference) => difference < 0).length,
    interval:
      clusters === null
        ? bootstrapPaired(differences, stream, resampling)
        : bootstrapClusters(
            clusters.map((places) => places.map((place) => differences[place]!)),
            stream,
            resampling,
          ),
    clusters: clusters?.length ?? null,
  };
}

function orderPairs(pairs: readonly ScoredPair[]): readonly ScoredPair[] {
  const ordered = [...pairs].sort((left, right) => compareCodePoints(left.id, right.id));
  const twice = ordered.find(({ id }, at) => ordered[at + 1]?.id === id);
  if (twice === undefined) return ordered;
  throw new RangeError(`comparing arms, on question ${twice.id}: expected it once, found it twice. Leave one of them out.`);
}

function checkScores({ id, a, b }: ScoredPair, isBinary: boolean): void {
  for (const score of [a, b]) {
    if (!Number.isFinite(score))
      throw new RangeError(`comparing arms, on question ${id}: expected finite scores, found ${score}. Leave out what was not measured.`);
    if (isBinary && score !== 0 && score !== 1)
      throw new RangeError(
        `comparing arms, on question ${id}: expected a score of 0 or 1, found ${score}. Compare it as a metric that is not binary.`,
      );
  }
}
