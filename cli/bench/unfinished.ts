import type { BenchRunInput, BenchRunResult, BenchSweepInput, BenchSweepResult } from '../../activities/bench-contract.ts';
import { openBenchRuns, type BenchRunStore } from '../../adapters/bench/run-store.ts';
import { openBenchSweeps } from '../../adapters/bench/sweep-store.ts';

/** A run or sweep that has not been measured to its end: `why` is how it stopped last, null when nobody wrote that down. */
export type UnfinishedBench = { readonly id: string; readonly why: string | null } & (
  { readonly kind: 'sweep'; readonly input: BenchSweepInput } | { readonly kind: 'run'; readonly input: BenchRunInput }
);

/** What can be gone on with in a workspace, the newest first. Runs of a sweep belong to the sweep. */
export function unfinishedBenches(root: string): UnfinishedBench[] {
  const runs = openBenchRuns(root);
  return [...unfinishedSweeps(root, runs), ...unfinishedRuns(runs)].sort((left, right) => (timeOf(left.id) < timeOf(right.id) ? 1 : -1));
}

function unfinishedSweeps(root: string, runs: BenchRunStore): UnfinishedBench[] {
  const sweeps = openBenchSweeps(root);
  return sweeps.list().flatMap((id): UnfinishedBench[] => {
    const input = sweeps.readInput(id) as BenchSweepInput | undefined;
    const result = sweeps.readResult(id) as BenchSweepResult | undefined;
    if (input === undefined || (result !== undefined && result.overall !== null)) return [];
    // What was measured to its end is kept, so that going on would come to no verdict again.
    if (input.runs.some(({ run_id }) => isInconclusive(resultOf(runs, run_id)))) return [];
    return [{ kind: 'sweep', id, input, why: result?.detail ?? null }];
  });
}

function unfinishedRuns(runs: BenchRunStore): UnfinishedBench[] {
  return runs.list().flatMap((id): UnfinishedBench[] => {
    if (!runs.has(id, 'input')) return [];
    const result = resultOf(runs, id);
    // A rehearsal that has ended was never meant to be measured.
    if (result?.reason === null || result?.reason === 'dry_run') return [];
    return [{ kind: 'run', id, input: runs.read<BenchRunInput>(id, 'input'), why: result?.detail ?? result?.reason ?? null }];
  });
}

/** How a run ended; undefined while it has not. */
export function resultOf(runs: BenchRunStore, runId: string): BenchRunResult | undefined {
  return runs.has(runId, 'result') ? runs.read<BenchRunResult>(runId, 'result') : undefined;
}

/** True for a run that was measured to its end without coming to a verdict. */
export function isInconclusive(result: BenchRunResult | undefined): boolean {
  return result?.reason === null && Object.values(result.verdicts).includes('INCONCLUSIVE');
}

/** Ids hold the time of their start behind their kind. */
function timeOf(id: string): string {
  return id.replace(/^\w+-/, '');
}
