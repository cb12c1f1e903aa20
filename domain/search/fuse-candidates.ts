import type { SearchDetail } from '../../schemas/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import { orderCandidates, rowId } from './candidate-order.ts';
import { addReciprocalRanks, type RankedList } from './fuse-ranks.ts';
import { mergeCandidates } from './merge-candidates.ts';

/** At low detail what is compiled of a page counts this much more. */
const COMPILED_AT_LOW_DETAIL = 2;

/** Lists of candidates as one by weighted reciprocal ranks, divided by the highest: scores from 0 to 1, best first. Each row once. */
export function fuseCandidates(lists: readonly RankedList<Candidate>[], k: number, detail: SearchDetail | null): Candidate[] {
  const scores = addReciprocalRanks(
    lists.map(({ weight, rows }) => ({ weight, rows: rows.map(rowId) })),
    k,
  );
  return normalized(lists, scores, detail);
}

/**
 * Lists of candidates as one by their scores: those of each list scaled to 0 (its last) to 1 (its first), then added in parts as large as the weights
 * say. A row that a list does not have gets 0 from it. Divided by the highest, best first. Each row once.
 */
export function blendCandidates(lists: readonly RankedList<Candidate>[], detail: SearchDetail | null): Candidate[] {
  const scores = new Map<string, number>();
  for (const { weight, rows } of lists) {
    const part = weight > 0 ? weight : 1;
    for (const [id, share] of scaled(rows)) scores.set(id, (scores.get(id) ?? 0) + part * share);
  }
  return normalized(lists, scores, detail);
}

/** Best score of each row of a list, from 0 to 1; all 1 where all are equal. */
function scaled(rows: readonly Candidate[]): Map<string, number> {
  const scores = rows.map(({ score }) => score);
  const least = scores.reduce((low, score) => Math.min(low, score), Infinity);
  const range = scores.reduce((high, score) => Math.max(high, score), -Infinity) - least;
  const shares = new Map<string, number>();
  for (const row of rows) {
    const share = range > 0 ? (row.score - least) / range : 1;
    shares.set(rowId(row), Math.max(share, shares.get(rowId(row)) ?? 0));
  }
  return shares;
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
