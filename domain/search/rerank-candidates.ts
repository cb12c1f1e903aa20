import type { Candidate } from './candidate.ts';

/**
 * The first rows in the order of their rerank scores (`scores[i]` belongs to `candidates[i]`; rows beyond them follow as they were; of equal ones, the
 * one that came first). Rows of the relational arm keep their places: rerankers bury what only a link tells. A place keeps its score, whoever takes it.
 */
export function rerankCandidates(candidates: readonly Candidate[], scores: readonly number[]): Candidate[] {
  const scored = candidates.map((row, at) => ({ ...row, rerank_score: scores[at] ?? row.rerank_score }));
  const isMovable = (row: Candidate, at: number): boolean => at < scores.length && !row.arms.includes('relational');
  const ordered = scored.filter(isMovable).sort((left, right) => right.rerank_score! - left.rerank_score!);
  let next = 0;
  return scored.map((row, at) => (isMovable(row, at) ? { ...ordered[next++]!, score: row.score } : row));
}
