import type { JudgedRanking } from '../judged-ranking.ts';
import { share } from './precision.ts';

/** Relevant documents found / documents found; 0 when nothing was. */
export function setPrecision({ hits, grades }: JudgedRanking): number {
  return share(hits.length, grades.length);
}

/** Relevant documents found / relevant documents of the query; 0 without any. */
export function setRecall({ hits, relevant }: JudgedRanking): number {
  return share(hits.length, relevant);
}

/** Relevant documents found / the most there can be among so many; 0 without any. */
export function setRelativePrecision({ hits, grades, relevant }: JudgedRanking): number {
  return share(hits.length, Math.min(grades.length, relevant));
}

/** Set precision x set recall. */
export function setAveragePrecision(ranking: JudgedRanking): number {
  return setPrecision(ranking) * setRecall(ranking);
}

/** (x + 1) P R / (x P + R), `x` being what recall counts beside precision. */
export function setF(ranking: JudgedRanking, x = 1): number {
  const [precision, recall] = [setPrecision(ranking), setRecall(ranking)];
  return share((x + 1) * precision * recall, x * precision + recall);
}

/** Relevant documents found minus the other documents found. */
export function utility({ hits, grades }: JudgedRanking): number {
  return hits.length - (grades.length - hits.length);
}

/** Documents found that are judged and not relevant. */
export function countNonRelevant({ grades, relevanceLevel }: JudgedRanking): number {
  return grades.filter((grade) => grade !== null && grade >= 0 && grade < relevanceLevel).length;
}
