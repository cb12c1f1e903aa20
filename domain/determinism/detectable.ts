import type { DeterminismModel } from '../../schemas/determinism-report.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { detectableUnpaired } from '../stats/minimum-detectable.ts';
import { mean, sampleVariance } from '../stats/variance.ts';
import { readItems } from './items.ts';
import type { MetricState } from './metric-state.ts';
import type { ModelRun } from './model-runs.ts';

/**
 * The smallest difference to a rival not yet known that `n` items could show: with v = p (1 - p) for Hit@1 and v = sample variance of the items'
 * reciprocal ranks for MRR, each the mean over runs. Null where a run has no good Hit@1, or no run has item data.
 */
export function detectableDifference(
  runs: readonly ModelRun[],
  mode: BenchMode,
  hitAt1: readonly MetricState[],
  n: number | null,
): DeterminismModel['mde'] {
  const hits = hitAt1.filter((state) => state.state === 'good').map(({ value }) => value * (1 - value));
  const ranks = runs.map((run) => varianceOfRanks(run, mode)).filter((variance) => variance !== null);
  return {
    form: 'unpaired',
    mrr: n === null || ranks.length === 0 ? null : detectableUnpaired(mean(ranks), n),
    hit_at_1: n === null || hits.length === 0 ? null : detectableUnpaired(mean(hits), n),
  };
}

function varianceOfRanks({ summary }: ModelRun, mode: BenchMode): number | null {
  const items = readItems(summary).filter((item) => item.mode === mode);
  return sampleVariance(items.map(({ reciprocalRank }) => reciprocalRank));
}
