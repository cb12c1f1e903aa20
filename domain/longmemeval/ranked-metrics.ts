import { distinct } from './score-sessions.ts';

/**
 * `recall_any@k` and `ndcg_any@k` of a ranking of sessions, as logs of other systems state them: every gold session has gain 1, rank r is discounted by
 * log2(r + 1), the ideal has all gold at the top. 0 without gold.
 */
export function rankedMetrics(
  ranked: readonly string[],
  gold: readonly string[],
  k: number,
): { readonly recall_any: number; readonly ndcg_any: number } {
  const wanted = new Set(gold);
  const ranks = distinct(ranked)
    .slice(0, k)
    .flatMap((id, at) => (wanted.has(id) ? [at + 1] : []));
  const best = Array.from({ length: Math.min(k, wanted.size) }, (_, at) => at + 1);
  return { recall_any: ranks.length > 0 ? 1 : 0, ndcg_any: best.length === 0 ? 0 : discountedGain(ranks) / discountedGain(best) };
}

function discountedGain(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0);
}
