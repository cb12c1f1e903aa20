import type { Scored } from './keyword-index.ts';

/** How little the first places are told apart from those after them. */
export const RRF_K = 60;

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a place r, from 0, in a list adds 1 / (k + r). Best first; of equal ones, the smaller document. */
export function fuseRanks(lists: readonly (readonly Scored[])[], k = RRF_K): Scored[] {
  const ranked = lists.map((list) => ({ weight: 1, rows: list.map(({ document }) => document) }));
  return [...addReciprocalRanks(ranked, k)]
    .map(([document, score]) => ({ document, score }))
    .sort((left, right) => right.score - left.score || left.document - right.document);
}

/** A list of rows, best first, and how much it counts. */
export interface RankedList<Row> {
  readonly weight: number;
  readonly rows: readonly Row[];
}

/** What each row comes to over all lists: a place r, from 0, in a list of weight w adds 1 / (effectiveK(k, w) + r). */
export function addReciprocalRanks<Row>(lists: readonly RankedList<Row>[], k: number): Map<Row, number> {
  const scores = new Map<Row, number>();
  for (const { weight, rows } of lists) {
    const effective = effectiveK(k, weight);
    for (const [rank, row] of rows.entries()) scores.set(row, (scores.get(row) ?? 0) + 1 / (effective + rank));
  }
  return scores;
}

/** The constant of a list: k / weight. An arm is switched off by its own knob, so a weight of 0 or less counts as 1. */
export function effectiveK(k: number, weight: number): number {
  return weight > 0 ? k / weight : k;
}
