import type { BenchComparison } from '../../../schemas/bench-comparison.ts';
import type { BenchRetrievalRow } from '../../../schemas/bench-results.ts';
import type { Pair } from '../pair-items.ts';

/** The questions that the two sides place differently, widest first; a miss lies behind every rank. */
export function findFlips(pairs: readonly Pair<BenchRetrievalRow>[]): BenchComparison['flips'] {
  const items = pairs
    .filter(({ a, b }) => a.rank !== b.rank || a.hit_at_1 !== b.hit_at_1)
    .map(({ id, a, b }) => ({
      qa_id: id,
      source: a.source ?? b.source,
      rank_a: a.rank,
      rank_b: b.rank,
      is_flip: a.hit_at_1 !== b.hit_at_1,
    }))
    .map((item, place) => ({ item, place, width: Math.abs(reciprocal(item.rank_a) - reciprocal(item.rank_b)) }))
    .sort((left, right) => right.width - left.width || left.place - right.place)
    .map(({ item }) => item);
  return {
    hit_at_1: items.filter(({ is_flip }) => is_flip).length,
    rank: items.filter(({ rank_a, rank_b }) => rank_a !== rank_b).length,
    items,
  };
}

function reciprocal(rank: number | null): number {
  return rank === null ? 0 : 1 / rank;
}
