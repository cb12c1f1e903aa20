import type { BenchMode } from '../../schemas/vocabulary.ts';
import { readMetric, modeBlock } from './metric-state.ts';
import type { ModelRun } from './model-runs.ts';

/** Over how many items the means of the runs were taken. */
export interface Denominators {
  /** The number that all runs agree on; null when there is none. */
  readonly scoredCount: number | null;
  /** Distinct numbers, largest first. */
  readonly counts: readonly number[];
  /** Runs that measured the mode and do not say over how many items; nobody is blamed when none of them does. */
  readonly missing: number;
  readonly invalid: number;
  readonly isNowhere: boolean;
}

/** Looks at the runs that measured the mode; one that did not has no metric either, which is judged there. */
export function readDenominators(runs: readonly ModelRun[], mode: BenchMode): Denominators {
  const blocks = runs.map((run) => modeBlock(run, mode)).filter((block) => block !== undefined);
  const states = blocks.map(({ scored_count: count }) => readMetric(count, 0, Number.MAX_SAFE_INTEGER));
  const good = states.filter((state) => state.state === 'good').map(({ value }) => value);
  const counts = [...new Set(good.filter(Number.isInteger))].sort((left, right) => right - left);
  const missing = states.filter(({ state }) => state === 'missing').length;
  const isNowhere = missing > 0 && missing === states.length;
  return {
    scoredCount: counts.length === 1 && good.length === runs.length ? counts[0]! : null,
    counts,
    missing: isNowhere ? 0 : missing,
    invalid: states.filter((state) => state.state === 'invalid' || (state.state === 'good' && !Number.isInteger(state.value))).length,
    isNowhere,
  };
}
