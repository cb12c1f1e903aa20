import type { JudgedRanking } from '../judged-ranking.ts';
import { share } from './precision.ts';

/** Sum of the precision at each relevant document within `k` / relevant documents of the query; 0 without any. */
export function averagePrecision({ hits, relevant }: JudgedRanking, k = Number.POSITIVE_INFINITY): number {
  const sum = hits.reduce((total, place, found) => (place <= k ? total + (found + 1) / place : total), 0);
  return share(sum, relevant);
}

/** 1 / place of the first relevant document; 0 when it is beyond `k` or there is none. */
export function reciprocalRank({ hits }: JudgedRanking, k = Number.POSITIVE_INFINITY): number {
  const first = hits[0];
  return first !== undefined && first <= k ? 1 / first : 0;
}

/** Keeps inferred precision defined where nothing above a document is judged. */
const EPSILON = 0.00001;

/**
 * Average precision inferred from judgments of a sample: documents without a judgment lie outside of the pool, those with a negative grade in it
 * without having been judged. Source: E. Yilmaz, J. Aslam, Estimating average precision with incomplete and imperfect judgments (2006).
 */
export function inferredAveragePrecision({ grades, relevanceLevel, relevant }: JudgedRanking): number {
  let [found, missed, unjudged, sum] = [0, 0, 0, 0];
  grades.forEach((grade, above) => {
    if (grade === null) return;
    if (grade < 0) unjudged += 1;
    else if (grade < relevanceLevel) missed += 1;
    else {
      const judged = found + missed;
      const inferred = above === 0 ? 0 : ((judged + unjudged) / above) * ((found + EPSILON) / (judged + 2 * EPSILON));
      sum += (1 + above * inferred) / (above + 1);
      found += 1;
    }
  });
  return share(sum, relevant);
}
