import type { Candidate } from './candidate.ts';
import { orderCandidates } from './candidate-order.ts';

/** (1 - share) * score + share * cosine, best first, when every candidate has a cosine; else the list as it is. */
export function blendCosine(candidates: readonly Candidate[], share: number): readonly Candidate[] {
  if (candidates.some(({ cosine }) => cosine === null)) return candidates;
  return orderCandidates(candidates.map((row) => ({ ...row, score: (1 - share) * row.score + share * row.cosine! })));
}
