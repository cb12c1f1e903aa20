import type { Candidate } from './candidate.ts';

/** The same list; rows whose cosine reaches the threshold are flagged `evidence`. */
export function flagEvidence(candidates: readonly Candidate[], threshold: number): Candidate[] {
  return candidates.map((row) => (row.cosine !== null && row.cosine >= threshold ? { ...row, flags: [...row.flags, 'evidence'] } : row));
}
