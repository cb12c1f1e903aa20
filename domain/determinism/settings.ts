import type { BenchMode } from '../../schemas/vocabulary.ts';

/** How far the largest and smallest value of a metric may lie apart over all runs, inclusive. */
export interface DeterminismBudgets {
  readonly mrr: number;
  readonly hit_at_1: number;
  readonly judge_mean: number;
}

export interface DeterminismSettings {
  /** The retrieval mode whose metrics are judged. */
  readonly mode: BenchMode;
  readonly budgets: DeterminismBudgets;
  /** Runs that were asked for, when fewer files than that may be given: a sweep that stopped early has them. */
  readonly requiredRuns?: number;
}

/** The budgets of BT-29; a looser one does not establish it. */
export const DEFAULT_BUDGETS: DeterminismBudgets = { mrr: 0.02, hit_at_1: 0.02, judge_mean: 0.1 };

/** What a delta may exceed its budget by: differences of decimal fractions are not exact in doubles. */
export const TOLERANCE = 1e-9;

/** How many runs BT-29 takes. */
export const RUNS_OF_BT29 = 3;
