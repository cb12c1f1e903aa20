import type { JudgedRanking } from '../judged-ranking.ts';
import { share } from './precision.ts';

/** What a document of a positive grade is worth. */
export type Gain = (grade: number) => number;

/** The grade itself. Source: K. Järvelin, J. Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002). */
export const linearGain: Gain = (grade) => grade;

/** 2^grade - 1. Source: C. Burges and others, Learning to rank using gradient descent (2005). */
export const exponentialGain: Gain = (grade) => 2 ** grade - 1;

/** Sum of gain / log2(place + 1) within `k`; documents that are not judged or of no positive grade bring nothing. */
export function discountedGain({ grades }: JudgedRanking, gain: Gain, k = Number.POSITIVE_INFINITY): number {
  return sumDiscounted(grades, gain, k);
}

/** The same / that of the ideal ranking of all judged documents, cut at `k`; 0 where nothing is worth anything. */
export function normalizedGain(ranking: JudgedRanking, gain: Gain, k = Number.POSITIVE_INFINITY): number {
  return share(sumDiscounted(ranking.grades, gain, k), sumDiscounted(ranking.ideal, gain, k));
}

function sumDiscounted(grades: readonly (number | null)[], gain: Gain, k: number): number {
  let sum = 0;
  for (let place = 0; place < grades.length && place < k; place += 1) {
    const grade = grades[place]!;
    if (grade !== null && grade > 0) sum += gain(grade) / Math.log2(place + 2);
  }
  return sum;
}
