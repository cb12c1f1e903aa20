import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import type { ContradictionPairKind } from '../../schemas/vocabulary.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';

/** Two texts that may not go together. `a` comes first in the order of pages and passages; of a passage and a take, the take is `b`. */
export interface CandidatePair {
  readonly kind: ContradictionPairKind;
  readonly a: ContradictionEnd;
  readonly b: ContradictionEnd;
  /** Sum of the scores of both ends; a take has that of the passage beside it. */
  readonly combined_score: number;
}

/** What a page is told apart by: a slug alone may stand for pages of several sources. */
export function pageKeyOf({ source_id, slug }: Pick<ContradictionEnd, 'source_id' | 'slug'>): string {
  return `${source_id}::${slug}`;
}

/** A pair of passages, its ends in the order of their pages, passages and texts. */
export function pairOfChunks(one: ContradictionEnd, other: ContradictionEnd, combined_score: number): CandidatePair {
  const [a, b] = compareEnds(one, other) <= 0 ? [one, other] : [other, one];
  return { kind: pageKeyOf(a) === pageKeyOf(b) ? 'intra_page_chunks' : 'cross_slug_chunks', a, b, combined_score };
}

/** What a pair is known by in a run: its kind, and on either end the page and what of it. */
export function pairId({ kind, a, b }: Pick<CandidatePair, 'kind' | 'a' | 'b'>): string {
  return JSON.stringify([
    kind,
    ...[a, b].map((end) => [pageKeyOf(end), end.chunk_id, end.take_row_num, end.chunk_id === null ? end.text : '']),
  ]);
}

function compareEnds(a: ContradictionEnd, b: ContradictionEnd): number {
  return compareCodePoints(pageKeyOf(a), pageKeyOf(b)) || (a.chunk_id ?? -1) - (b.chunk_id ?? -1) || compareCodePoints(a.text, b.text);
}
