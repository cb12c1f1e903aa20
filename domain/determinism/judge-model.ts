import type { DeterminismModel, RecordedField } from '../../schemas/determinism-report.ts';
import { judgeBt29 } from './bt29.ts';
import { findCauses, type BudgetState } from './causes.ts';
import type { Comparability } from './comparability.ts';
import { checkConditions } from './conditions.ts';
import { readDenominators } from './denominators.ts';
import { detectableDifference } from './detectable.ts';
import { countFlips, pairItems, passAllRuns } from './flips.ts';
import { readGatedMetrics, readShares, type GatedMetric } from './gated-metrics.ts';
import { findRunFaults } from './invalid-run.ts';
import { spreadOf } from './metric-state.ts';
import type { ModelRun } from './model-runs.ts';
import { readSources } from './per-source.ts';
import { listReasons } from './reasons.ts';
import { recordField } from './recorded-field.ts';
import { TOLERANCE, type DeterminismSettings } from './settings.ts';
import { gatherWarnings } from './warnings.ts';

/** What the files as a whole ask of each model. */
export interface JudgedAgainst extends DeterminismSettings {
  readonly requiredRuns: number;
  readonly comparability: Comparability['report'];
}

/** The verdict on one model over its runs, with everything that it rests on. */
export function judgeModel(modelId: string, runs: readonly ModelRun[], against: JudgedAgainst): DeterminismModel {
  const { mode, budgets, comparability, requiredRuns } = against;
  const metrics = readGatedMetrics(runs, against);
  const [mrr, hitAt1, judgeMean] = metrics;
  const conditions = checkConditions(runs);
  const denominators = readDenominators(runs, mode);
  const faults = runs.map((run) => ({ runId: run.runId, ...findRunFaults(run) }));
  const paired = pairItems(runs, mode);
  const { differences } = comparability;
  const reasons = listReasons({ differences, faults, conditions, runs: runs.length, requiredRuns, denominators, metrics, budgets });
  const verdict = reasons.length === 0 ? 'PASS' : 'FAIL';
  const n = denominators.scoredCount ?? (denominators.isNowhere ? (paired.rows?.length ?? null) : null);
  const reported = (metric: string): DeterminismModel['mrr'] => spreadOf(readShares(runs, mode, metric));
  return {
    model_id: modelId,
    n_runs: runs.length,
    run_ids: runs.map(({ runId }) => runId),
    mrr: mrr.spread,
    hit_at_1: hitAt1.spread,
    judge_mean: judgeMean.spread,
    ndcg_at_10: reported('ndcg_at_10'),
    hit_at_3: reported('hit_at_3'),
    hit_at_5: reported('hit_at_5'),
    hit_at_10: reported('hit_at_10'),
    per_source: readSources(runs, mode),
    scored_count: denominators.scoredCount,
    verdict,
    reasons,
    degenerate: [mrr, hitAt1].some(isZeroThroughout) && !denominators.counts.includes(0),
    mde: detectableDifference(runs, mode, hitAt1.states, n),
    // The product of a decimal fraction and a count may fall just short of the whole number it is.
    budget_flips: n === null ? null : Math.floor(budgets.hit_at_1 * n + TOLERANCE),
    flips: countFlips(paired),
    pass_all_runs: passAllRuns(paired),
    causes:
      verdict === 'PASS'
        ? []
        : findCauses(
            runs,
            conditions,
            budgetState(metrics),
            metrics.filter(({ isAsked }) => isAsked).map((of) => tellValues(of, runs)),
          ),
    bt29: judgeBt29({ verdict, runs: runs.length, isJudged: judgeMean.isAsked, comparability: comparability.status, budgets }),
    warnings: gatherWarnings({ faults, conditions, denominators, paired, mode }),
  };
}

function isZeroThroughout({ states }: GatedMetric): boolean {
  return states.every((state) => state.state === 'good' && state.value === 0);
}

function budgetState(metrics: readonly GatedMetric[]): BudgetState {
  const asked = metrics.filter(({ isAsked }) => isAsked);
  if (asked.some(({ isAboveBudget }) => isAboveBudget)) return 'above';
  return asked.every(({ states }) => states.every(({ state }) => state === 'good')) ? 'within' : 'unknown';
}

function tellValues({ name, spread }: GatedMetric, runs: readonly ModelRun[]): RecordedField {
  const valueOf = new Map(runs.map(({ runId }, at) => [runId, spread.values[at] ?? null]));
  return recordField(name, runs, ({ runId }) => valueOf.get(runId)?.toFixed(4) ?? null);
}
