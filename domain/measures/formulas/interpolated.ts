import type { JudgedRanking } from '../judged-ranking.ts';

/** The eleven recalls of the standard curve. */
const ELEVEN_POINTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/**
 * The best precision at any place from which on `recall` is reached: at the relevant document number recall x R, rounded, or below it. 0 where fewer
 * were found; at recall 0 the best precision anywhere.
 */
export function interpolatedPrecision({ hits, relevant }: JudgedRanking, recall: number): number {
  const due = Math.round(recall * relevant);
  let best = 0;
  for (let found = Math.max(due, 1); found <= hits.length; found += 1) best = Math.max(best, found / hits[found - 1]!);
  return best;
}

/** Mean of the interpolated precision at eleven recalls. */
export function elevenPointAverage(ranking: JudgedRanking): number {
  return ELEVEN_POINTS.reduce<number>((sum, recall) => sum + interpolatedPrecision(ranking, recall), 0) / ELEVEN_POINTS.length;
}
