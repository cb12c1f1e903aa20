import type { BenchRuns } from './world.ts';

const PAUSED = 'paused';

/** Notes for how long a run has kept production paused under one lease; noting a lease again changes nothing but its time. */
export function notePausedTime(runs: BenchRuns, runId: string, token: number | string, seconds: number): void {
  runs.write(runId, PAUSED, { ...pausedTimes(runs, runId), [token]: seconds });
}

/** Seconds for which all parts of a run have kept production paused, by the token of their lease. */
export function pausedTimes(runs: BenchRuns, runId: string): Readonly<Record<string, number>> {
  return runs.has(runId, PAUSED) ? runs.read<Record<string, number>>(runId, PAUSED) : {};
}
