import type { MetricSpread } from '../../schemas/determinism-report.ts';
import { modeBlock, readJudge, readJudgeMean, readMetric, spreadOf, type MetricState } from './metric-state.ts';
import type { ModelRun } from './model-runs.ts';
import { TOLERANCE, type DeterminismBudgets, type DeterminismSettings } from './settings.ts';

/** A metric that decides, over the runs of a model. */
export interface GatedMetric {
  readonly name: keyof DeterminismBudgets;
  readonly states: readonly MetricState[];
  readonly spread: MetricSpread;
  /** False for a judge that no run had: nothing is asked of it then. */
  readonly isAsked: boolean;
  readonly isAboveBudget: boolean;
}

/** MRR, Hit@1 and the judge's mean, in this order. */
export function readGatedMetrics(
  runs: readonly ModelRun[],
  { mode, budgets }: DeterminismSettings,
): readonly [GatedMetric, GatedMetric, GatedMetric] {
  const judged = runs.map(readJudgeMean);
  const isJudged = judged.some(({ state }) => state !== 'missing') || runs.some((run) => readJudge(run) !== null);
  return [
    gate('mrr', readShares(runs, mode, 'mrr'), budgets, true),
    gate('hit_at_1', readShares(runs, mode, 'hit_at_1'), budgets, true),
    gate('judge_mean', judged, budgets, isJudged),
  ];
}

/** A metric of a retrieval mode that lies in 0..1. */
export function readShares(runs: readonly ModelRun[], mode: string, metric: string): MetricState[] {
  return runs.map((run) => readMetric(modeBlock(run, mode)?.[metric], 0, 1));
}

function gate(name: GatedMetric['name'], states: readonly MetricState[], budgets: DeterminismBudgets, isAsked: boolean): GatedMetric {
  const spread = spreadOf(states);
  return { name, states, spread, isAsked, isAboveBudget: spread.delta !== null && spread.delta > budgets[name] + TOLERANCE };
}
