import type { SearchDetail } from '../../schemas/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import { orderCandidates, rowId } from './candidate-order.ts';
import { addReciprocalRanks, type RankedList } from './fuse-ranks.ts';
import { mergeCandidates } from './merge-candidates.ts';

/** At low detail what is compiled of a page counts this much more. */
export const COMPILED_AT_LOW_DETAIL = 2;

/** Lists of candidates as one by weighted reciprocal ranks, divided by the highest: scores from 0 to 1, best first. Each row once. */
export function fuseCandidates(lists: readonly RankedList<Candidate>[], k: number, detail: SearchDetail | null): Candidate[] {
  const scores = addReciprocalRanks(
    lists.map(({ weight, rows }) => ({ weight, rows: rows.map(rowId) })),
    k,
  );
  return normalized(lists, scores, detail);
}

function normalized(
  lists: readonly RankedList<Candidate>[],
  scores: ReadonlyMap<string, number>,
  detail: SearchDetail | null,
): Candidate[] {
  const merged = [...mergeCandidates(lists.map(({ rows }) => rows))];
  const weighed = merged.map(([id, row]) => {
    const isPreferred = detail === 'low' && row.kind === 'compiled_truth';
    return { ...row, score: (scores.get(id) ?? 0) * (isPreferred ? COMPILED_AT_LOW_DETAIL : 1) };
  });
  const top = weighed.reduce((high, { score }) => Math.max(high, score), 0);
  return orderCandidates(top > 0 ? weighed.map((row) => ({ ...row, score: row.score / top })) : weighed);
}
