import type { RetrievalMeans } from '../../../schemas/bench-model-summary.ts';
import type { ItemScore } from './score-item.ts';

/** The means over scored items, summed in the order given. Without any, every mean is null: nothing was measured. */
export function meanScores(items: readonly ItemScore[]): RetrievalMeans {
  return {
    hit_at_1: mean(items, (item) => item.hit_at_k['1']),
    hit_at_3: mean(items, (item) => item.hit_at_k['3']),
    hit_at_5: mean(items, (item) => item.hit_at_k['5']),
    hit_at_10: mean(items, (item) => item.hit_at_k['10']),
    mrr: mean(items, (item) => item.mrr),
    ndcg_at_10: mean(items, (item) => item.ndcg_at_10),
    scored_count: items.length,
  };
}

function mean(items: readonly ItemScore[], valueOf: (item: ItemScore) => number): number | null {
  if (items.length === 0) return null;
  let sum = 0;
  for (const item of items) sum += valueOf(item);
  return sum / items.length;
}
