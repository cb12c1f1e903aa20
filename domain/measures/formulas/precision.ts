import type { JudgedRanking } from '../judged-ranking.ts';

/** Relevant documents within the first `k` places. */
export function countHits({ hits }: JudgedRanking, k: number): number {
  let count = 0;
  while (count < hits.length && hits[count]! <= k) count += 1;
  return count;
}

/** Relevant within k / k, also where fewer than k were found. */
export function precisionAt(ranking: JudgedRanking, k: number): number {
  return countHits(ranking, k) / k;
}

/** Relevant within k / relevant documents of the query; 0 without any. */
export function recallAt(ranking: JudgedRanking, k: number): number {
  return share(countHits(ranking, k), ranking.relevant);
}

/** Relevant within k / the most there can be, min(k, R); 0 without any. */
export function relativePrecisionAt(ranking: JudgedRanking, k: number): number {
  return share(countHits(ranking, k), Math.min(k, ranking.relevant));
}

/** 1 with a relevant document within k, else 0. */
export function successAt({ hits }: JudgedRanking, k: number): number {
  return Number(hits[0] !== undefined && hits[0] <= k);
}

/** Precision at the place R x `multiple`, taken up; R is the number of relevant documents. 0 without any. */
export function precisionAtMultiple(ranking: JudgedRanking, multiple: number): number {
  const place = Math.trunc(multiple * ranking.relevant + 0.9);
  return share(countHits(ranking, place), place);
}

/** Documents within the first `k` without a judgment / k. A negative grade says that a document is not judged, too. */
export function unjudgedAt({ grades }: JudgedRanking, k: number): number {
  return grades.slice(0, k).filter((grade) => grade === null || grade < 0).length / k;
}

/** `part` / `whole`, and 0 where there is no whole. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
