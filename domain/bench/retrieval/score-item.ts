import type { RetrievalItem } from '../../../schemas/bench-model-summary.ts';

/** One search result, best first in its list. What it was made from decides whether it answers; its own `id` never does. */
export interface RankedResult {
  readonly id: string;
  /** The event it is, when it is one. */
  readonly event_id?: string | null | undefined;
  /** The events it was made from. */
  readonly source_ids: readonly string[];
}

/** What one question scored in one mode; `mrr` is its reciprocal rank. */
export type ItemScore = Pick<RetrievalItem, 'rank' | 'mrr' | 'ndcg_at_10' | 'hit_at_k'>;

/** Where nDCG is cut. */
const NDCG_DEPTH = 10;

/**
 * Scores the results of one question against the events that answer it, of which one is enough: rank of the first result linked to any of them,
 * its reciprocal, hits at 1, 3, 5 and 10, and nDCG@10 with binary relevance. The list is scored as long as it is; only nDCG and hits have a depth.
 */
export function scoreItem(results: readonly RankedResult[], goldens: readonly string[]): ItemScore {
  if (goldens.length === 0) {
    throw new RangeError('scoring a question: expected at least one event that answers it, found none. Leave unscoreable questions out.');
  }
  const ranks = findRanks(results, new Set(goldens));
  const [rank = null] = ranks;
  return {
    rank,
    mrr: rank === null ? 0 : 1 / rank,
    ndcg_at_10: normalizedGain(ranks, new Set(goldens).size),
    hit_at_k: { '1': hitAt(1, rank), '3': hitAt(3, rank), '5': hitAt(5, rank), '10': hitAt(10, rank) },
  };
}

/** The rank of the first result linked to each golden that was found, ascending. A later result for the same golden adds nothing. */
function findRanks(results: readonly RankedResult[], goldens: Set<string>): number[] {
  const missing = new Set(goldens);
  const ranks: number[] = [];
  results.forEach(({ event_id, source_ids }, index) => {
    for (const id of event_id === undefined || event_id === null ? source_ids : [event_id, ...source_ids]) {
      if (missing.delete(id)) ranks.push(index + 1);
    }
  });
  return ranks;
}

/**
 * DCG over ideal DCG, each golden counted at its own rank; the ideal has one golden a rank, however few results came back (Järvelin and Kekäläinen,
 * ACM TOIS 20, 2002, with binary gain). One result linked to several goldens brings all of them at once, which beats the ideal: at most 1 is given.
 */
function normalizedGain(ranks: readonly number[], goldens: number): number {
  let ideal = 0;
  for (let rank = 1; rank <= Math.min(goldens, NDCG_DEPTH); rank += 1) ideal += discount(rank);
  let gain = 0;
  for (const rank of ranks) if (rank <= NDCG_DEPTH) gain += discount(rank);
  return Math.min(1, gain / ideal);
}

function discount(rank: number): number {
  return 1 / Math.log2(rank + 1);
}

function hitAt(depth: number, rank: number | null): 0 | 1 {
  return rank !== null && rank <= depth ? 1 : 0;
}
