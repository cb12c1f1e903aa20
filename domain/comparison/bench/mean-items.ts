import type { BenchRetrievalRow } from '../../../schemas/bench-results.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { mean } from '../../stats/variance.ts';

/** A question over several runs: its mean in each metric. */
export interface MeanItem {
  readonly rr: number;
  readonly hit_at_1: number;
  readonly hit_at_10: number;
  readonly ndcg_at_10: number;
}

/** The questions of some runs of one model in one mode, each once, in the order of their ids. */
export function meanItems(rows: readonly BenchRetrievalRow[]): ReadonlyMap<string, MeanItem> {
  const byId = new Map<string, BenchRetrievalRow[]>();
  for (const row of rows) {
    const known = byId.get(row.qa_id);
    if (known === undefined) byId.set(row.qa_id, [row]);
    else known.push(row);
  }
  const ids = [...byId.keys()].sort(compareCodePoints);
  return new Map(ids.map((id) => [id, meanItem(byId.get(id)!)]));
}

function meanItem(rows: readonly BenchRetrievalRow[]): MeanItem {
  const of = (metric: keyof MeanItem): number => mean(rows.map((row) => row[metric]));
  return { rr: of('rr'), hit_at_1: of('hit_at_1'), hit_at_10: of('hit_at_10'), ndcg_at_10: of('ndcg_at_10') };
}
