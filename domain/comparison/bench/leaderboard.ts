import type { BenchLeaderboard, LeaderboardRow } from '../../../schemas/bench-leaderboard.ts';
import type { BenchModelRow, BenchRetrievalRow, BenchRunRow } from '../../../schemas/bench-results.ts';
import type { BenchMode } from '../../../schemas/vocabulary.ts';
import { DEFAULT_BUDGETS } from '../../determinism/index.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { budgetFlips } from '../../stats/budget-flips.ts';
import { detectableUnpaired } from '../../stats/minimum-detectable.ts';
import { mean, sampleVariance } from '../../stats/variance.ts';
import type { StateOf } from '../../trust/index.ts';
import { estimateMean } from './estimate-mean.ts';
import { meanItems, type MeanItem } from './mean-items.ts';

/** What is stored. Questions are those of one mode. */
export interface StoredRuns {
  readonly runs: readonly BenchRunRow[];
  readonly models: readonly BenchModelRow[];
  readonly retrieval: readonly BenchRetrievalRow[];
}

export interface LeaderboardSettings {
  readonly mode: BenchMode;
  /** That of the newest finished run unless stated. */
  readonly comparabilityKey: string | undefined;
  readonly seed: number;
  readonly stateOf: StateOf;
}

/** Every model over all its finished runs of one comparability key, with intervals; best MRR first. It is never the newest run alone. */
export function makeLeaderboard(stored: StoredRuns, { mode, comparabilityKey, seed, stateOf }: LeaderboardSettings): BenchLeaderboard {
  const finished = stored.runs.filter(({ is_complete }) => is_complete);
  const newestFirst = [...finished].sort((left, right) => compareCodePoints(right.started_at_iso ?? '', left.started_at_iso ?? ''));
  const key = comparabilityKey ?? newestFirst.find((run) => run.comparability_key !== null)?.comparability_key ?? null;
  const runs = key === null ? [] : finished.filter((run) => run.comparability_key === key);
  const groups = groupModels(stored.models, new Set(runs.map(({ run_id }) => run_id)));
  const rows = [...groups.values()].map((models) => rowOf(models, stored.retrieval, { mode, key, seed, stateOf }));
  const keyed = newestFirst.filter((run) => run.comparability_key !== null && run.comparability_key !== key);
  const keys = [...new Set(keyed.map((run) => run.comparability_key!))];
  return {
    schema: 'bench-leaderboard/1',
    mode,
    comparability_key: key,
    corpus_version: runs.at(-1)?.corpus_version ?? null,
    eval_qa_version: runs.at(-1)?.eval_qa_version ?? null,
    runs: runs.length,
    rows: rows.filter(({ n }) => n > 0).sort(byMrr),
    left_out: {
      other_key: keyed.length,
      no_key: finished.filter((run) => run.comparability_key === null).length,
      incomplete: stored.runs.length - finished.length,
      no_items: rows.filter(({ n }) => n === 0).length,
    },
    other_keys: keys.map((other) => ({ comparability_key: other, runs: keyed.filter((run) => run.comparability_key === other).length })),
  };
}

/** One group for each model and served card: another quantisation under the same name is another model. */
function groupModels(models: readonly BenchModelRow[], runIds: ReadonlySet<string>): ReadonlyMap<string, BenchModelRow[]> {
  const groups = new Map<string, BenchModelRow[]>();
  for (const model of models) {
    if (!runIds.has(model.run_id)) continue;
    const group = JSON.stringify([model.model_id, model.card_before]);
    groups.set(group, [...(groups.get(group) ?? []), model]);
  }
  return groups;
}

function rowOf(
  models: readonly BenchModelRow[],
  retrieval: readonly BenchRetrievalRow[],
  { mode, key, seed, stateOf }: { readonly mode: BenchMode; readonly key: string | null; readonly seed: number; readonly stateOf: StateOf },
): LeaderboardRow {
  const { model_id: modelId, card_before: cardDigest } = models[0]!;
  const runIds = models.map(({ run_id }) => run_id);
  const items = meanItems(retrieval.filter((row) => row.model_id === modelId && row.mode === mode && runIds.includes(row.run_id)));
  const estimate = (metric: keyof MeanItem) =>
    estimateMean(
      [...items.values()].map((item) => item[metric]),
      [seed, 'leaderboard', metric, modelId, key].join('|'),
    );
  const [mrr, hitAt1] = [estimate('rr'), estimate('hit_at_1')];
  const judged = models.map(({ judge_mean }) => judge_mean).filter((value) => value !== null);
  const count = (verdict: BenchModelRow['verdict']): number => models.filter((model) => model.verdict === verdict).length;
  const rrVariance = sampleVariance([...items.values()].map(({ rr }) => rr));
  return {
    model_id: modelId,
    card_digest: cardDigest,
    run_ids: runIds,
    verdicts: { PASS: count('PASS'), FAIL: count('FAIL'), INCONCLUSIVE: count('INCONCLUSIVE') },
    n: items.size,
    mrr,
    hit_at_1: hitAt1,
    hit_at_10: estimate('hit_at_10'),
    ndcg_at_10: estimate('ndcg_at_10'),
    judge_mean: judged.length === 0 ? null : mean(judged),
    mde: {
      form: 'unpaired',
      mrr: rrVariance === null ? null : detectableUnpaired(rrVariance, items.size),
      hit_at_1: hitAt1.mean === null ? null : detectableUnpaired(hitAt1.mean * (1 - hitAt1.mean), items.size),
    },
    budget_flips: budgetFlips(DEFAULT_BUDGETS.hit_at_1, items.size),
    bt29: stateOf({ modelId, cardDigest, comparabilityKey: key, mode }),
  };
}

function byMrr(left: LeaderboardRow, right: LeaderboardRow): number {
  return (right.mrr.mean ?? 0) - (left.mrr.mean ?? 0) || compareCodePoints(left.model_id, right.model_id);
}
