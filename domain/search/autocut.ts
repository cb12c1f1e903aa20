import type { Candidate } from './candidate.ts';

export interface AutocutLimits {
  /** Fall between neighbours, as a share of the best score, at which the list ends; 0.2 counts for one outside (0, 1]. */
  readonly jump: number;
  readonly minTop: number;
  readonly minKeep: number;
}

const USUAL_JUMP = 0.2;

/** True for a share of a score that a list may be cut by. */
export function isAutocutJump(jump: number): boolean {
  return jump > 0 && jump <= 1;
}

/**
 * Ends a list at the steepest fall of its rerank scores. Nothing is cut with fewer than two finite scores, a best one that is not above 0 or below
 * `minTop`, or no fall as deep as `jump`. Rows without a finite score and rows flagged `preserved` stay; the order too.
 */
export function autocut(candidates: readonly Candidate[], limits: AutocutLimits): readonly Candidate[] {
  const scores = candidates.map(({ rerank_score: score }) => score).filter(isScore);
  const least = leastKept(
    scores.sort((left, right) => right - left),
    limits,
  );
  if (least === null) return candidates;
  return candidates.filter((row) => !isScore(row.rerank_score) || row.rerank_score >= least || row.flags.includes('preserved'));
}

function isScore(score: number | null): score is number {
  return score !== null && Number.isFinite(score);
}

/** The lowest score that stays, of scores in descending order; null when all do. */
function leastKept(scores: readonly number[], { jump, minTop, minKeep }: AutocutLimits): number | null {
  const top = scores[0];
  if (top === undefined || scores.length < 2 || top <= 0 || top < minTop) return null;
  let kept = 1;
  for (let at = 1; at < scores.length; at += 1) if (scores[at - 1]! - scores[at]! > scores[kept - 1]! - scores[kept]!) kept = at;
  const gap = scores[kept - 1]! - scores[kept]!;
  if (gap / top < (isAutocutJump(jump) ? jump : USUAL_JUMP)) return null;
  return scores[Math.min(Math.max(kept, minKeep), scores.length) - 1]!;
}
