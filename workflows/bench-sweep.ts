import { CancellationScope, executeChild, isCancellation } from '@temporalio/workflow';
import type { BenchActivities, BenchRunResult, BenchSweepInput, BenchSweepResult } from '../activities/bench-contract.ts';
import { BENCH_PROFILES } from '../temporal.config.ts';
import { lastingActivities } from './bench-activities.ts';
import { benchRun } from './bench-run.ts';

/** BT-29: several runs of one model, one after the other; then their verdict and its row in the trust ledger. */
export async function benchSweep(sweep: BenchSweepInput): Promise<BenchSweepResult> {
  try {
    await recordOf(sweep).openSweep(sweep);
    const ended = await doRuns(sweep);
    // What follows takes no model call: it is done even when the sweep is being cancelled.
    return await CancellationScope.nonCancellable(async () => {
      const result = ended.stopped === undefined ? await judge(sweep, ended) : unfinished(sweep, ended.stopped);
      await recordOf(sweep).endSweep({ sweep, result });
      return result;
    });
  } finally {
    // Between its runs the sweep keeps its place at the inference server.
    const [first] = sweep.runs;
    if (first !== undefined) await CancellationScope.nonCancellable(() => recordOf(sweep).freeSlot(first));
  }
}

async function judge(sweep: BenchSweepInput, { done, unverified }: Ended): Promise<BenchSweepResult> {
  const measured = { ...sweep, runs: sweep.runs.slice(0, done) };
  const { overall, exit_code, detail } = await recordOf(sweep).judgeSweep(measured);
  const { seq } = await recordOf(sweep).recordSweep(measured);
  const told =
    unverified === undefined
      ? detail
      : [detail, `${unverified.run_id}: ${unverified.detail ?? ''}`].filter((text) => text !== '').join('; ');
  return {
    sweep_id: sweep.sweep_id,
    overall,
    run_ids: measured.runs.map(({ run_id }) => run_id),
    ledger_seq: seq,
    // Production that may still be paused is not covered up by a good verdict.
    exit_code: unverified !== undefined && exit_code === 0 ? 1 : exit_code,
    detail: told,
  };
}

interface Ended {
  /** Runs that were measured to their end. */
  readonly done: number;
  /** The run that could not be done, or came to no verdict; nothing is judged then. */
  readonly stopped?: BenchRunResult;
  /** A run that was measured, but after which nobody could verify that production runs again. */
  readonly unverified?: BenchRunResult;
}

/** Does the runs in order. After a refused one the rest is not begun: three runs that agree would not make it good. */
async function doRuns(sweep: BenchSweepInput): Promise<Ended> {
  let unverified: BenchRunResult | undefined;
  const measured = (done: number): Ended => ({ done, ...(unverified === undefined ? {} : { unverified }) });
  for (const [index, run] of sweep.runs.entries()) {
    const result = await doRun(run);
    if (result.reason !== null || Object.values(result.verdicts).includes('INCONCLUSIVE')) return { done: index, stopped: result };
    if (Object.values(result.verdicts).includes('FAIL')) return measured(index + 1);
    // Without a refused model only this is left to end a run with 1.
    if (result.exit_code === 1) unverified = result;
  }
  return measured(sweep.runs.length);
}

async function doRun(run: BenchSweepInput['runs'][number]): Promise<BenchRunResult> {
  try {
    return await executeChild(benchRun, { workflowId: run.run_id, args: [run] });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return { run_id: run.run_id, reason: 'cancelled', verdicts: {}, exit_code: 130, run_file: '', detail: 'cancelled' };
  }
}

function unfinished(sweep: BenchSweepInput, { run_id, reason, exit_code, detail }: BenchRunResult): BenchSweepResult {
  return {
    sweep_id: sweep.sweep_id,
    overall: null,
    run_ids: sweep.runs.map((run) => run.run_id),
    ledger_seq: null,
    exit_code: reason === null ? 2 : exit_code,
    detail: `${run_id}: ${reason ?? 'no verdict'}${detail === undefined ? '' : `: ${detail}`}`,
  };
}

/** Files, tables and ledger, with signs of life as the runs want them. */
function recordOf({ runs }: BenchSweepInput): BenchActivities {
  return lastingActivities(runs[0]!, BENCH_PROFILES.record);
}
