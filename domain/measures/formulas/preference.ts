import type { JudgedRanking } from '../judged-ranking.ts';
import { share } from './precision.ts';

/**
 * Binary preference: the mean over the relevant documents of 1 - (judged non-relevant ones above it, at most R) / min(R, N), with R relevant and N judged
 * non-relevant documents. What is not judged, or has a negative grade, plays no part. 0 without a relevant document.
 * Source: C. Buckley, E. Voorhees, Retrieval evaluation with incomplete information (2004).
 */
export function binaryPreference({ grades, relevanceLevel, relevant, nonRelevant }: JudgedRanking): number {
  let above = 0;
  let sum = 0;
  for (const grade of grades) {
    if (grade === null || grade < 0) continue;
    if (grade < relevanceLevel) above += 1;
    else sum += above === 0 ? 1 : 1 - Math.min(above, relevant) / Math.min(nonRelevant, relevant);
  }
  return share(sum, relevant);
}
