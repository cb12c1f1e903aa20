import type { Candidate } from './candidate.ts';
import { rowId } from './candidate-order.ts';

/** The rows of several lists, each once under its id: arms and flags of all its appearances together, a keyword hit when any was one. */
export function mergeCandidates(lists: readonly (readonly Candidate[])[]): Map<string, Candidate> {
  const rows = new Map<string, Candidate>();
  for (const candidate of lists.flat()) {
    const id = rowId(candidate);
    const known = rows.get(id);
    rows.set(id, known === undefined ? candidate : merge(known, candidate));
  }
  return rows;
}

function merge(one: Candidate, other: Candidate): Candidate {
  return {
    ...one,
    keyword_hit: one.keyword_hit || other.keyword_hit,
    arms: [...new Set([...one.arms, ...other.arms])],
    flags: [...new Set([...one.flags, ...other.flags])],
    cosine: one.cosine ?? other.cosine,
    rerank_score: one.rerank_score ?? other.rerank_score,
  };
}
