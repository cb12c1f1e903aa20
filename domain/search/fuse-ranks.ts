import type { Scored } from './keyword-index.ts';

/** How little the first places are told apart from those after them. */
export const RRF_K = 60;

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a place r, from 0, in a list adds 1 / (k + r). Best first; of equal ones, the smaller document. */
export function fuseRanks(lists: readonly (readonly Scored[])[], k = RRF_K): Scored[] {
  const scores = new Map<number, number>();
  for (const list of lists)
    for (const [rank, { document }] of list.entries()) scores.set(document, (scores.get(document) ?? 0) + 1 / (k + rank));
  return [...scores]
    .map(([document, score]) => ({ document, score }))
    .sort((left, right) => right.score - left.score || left.document - right.document);
}
