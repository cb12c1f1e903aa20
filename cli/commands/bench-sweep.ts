import { join } from 'node:path';
import type { BenchSweepInput, BenchSweepResult } from '../../activities/bench-contract.ts';
import { openBenchRuns } from '../../adapters/bench/run-store.ts';
import { openBenchSweeps } from '../../adapters/bench/sweep-store.ts';
import { RUNS_OF_BT29 } from '../../domain/determinism/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { sweepInput } from '../../worker/inputs/bench-input.ts';
import { runSettings } from '../../worker/inputs/bench-settings.ts';
import { runProgress } from '../bench/bench-progress.ts';
import { followBench } from '../bench/follow-bench.ts';
import type { MeasureOptions } from '../bench/measure-options.ts';
import { tellSweep } from '../bench/tell-run.ts';
import { withEngine, type EngineSession } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import { modelsOf, refuseExisting } from './bench-run.ts';

export interface BenchSweepOptions extends MeasureOptions {
  readonly model: string;
  readonly runs: number;
  readonly mrrBudget: number;
  readonly hitAt1Budget: number;
  readonly judgeBudget: number;
}

/** `lauter bench sweep`: BT-29, several runs of one model, their verdict, and its row in the trust ledger. */
export async function benchSweep(io: Io, options: BenchSweepOptions): Promise<ExitCode> {
  const workspaceDir = workspaceFolder(io, options);
  const { config } = loadConfig(io, workspaceDir, options);
  const settings = runSettings(options, config);
  const models = oneModel(options.model);
  if (options.qa === undefined)
    throw new UsageError('reading the sweep: expected --qa, found none.', 'A sweep without questions measures nothing; name them.');
  if (options.runs < RUNS_OF_BT29)
    throw new UsageError(`reading --runs: expected ${RUNS_OF_BT29} or more, found ${options.runs}.`, 'BT-29 takes three runs in a row.');
  const { out } = options;
  await confirmPause(io, options, settings.production_url, options.runs);
  return withEngine(io, { workspaceDir, config, keepServer: options.keepServer ?? false }, async (session) => {
    const heartbeatTimeoutMs = config.engine.heartbeat_timeout_s * 1000;
    const request = { io, workspace: session.workspace, settings, models, heartbeatTimeoutMs, now: new Date() };
    const budgets = { mrr: options.mrrBudget, hit_at_1: options.hitAt1Budget, judge_mean: options.judgeBudget };
    const sweep = await sweepInput(request, { runs: options.runs, budgets, out });
    const beforeStart = (): void => {
      if (out !== undefined) refuseExisting(io, ...Array.from({ length: options.runs }, (_, at) => join(out, `r${at + 1}.jsonl`)));
    };
    return followSweep(io, session, sweep, {
      giveUpAfterMs: config.engine.give_up_after_s * 1000,
      isJson: options.json === true,
      beforeStart,
    });
  });
}

/** Works on a sweep until it has ended, and tells how. */
export async function followSweep(
  io: Io,
  session: EngineSession,
  sweep: BenchSweepInput,
  { giveUpAfterMs, isJson, beforeStart }: { readonly giveUpAfterMs: number; readonly isJson: boolean; readonly beforeStart?: () => void },
): Promise<ExitCode> {
  const { root } = session.workspace;
  const sweeps = openBenchSweeps(root);
  const followed = await followBench<BenchSweepResult>(io, session, {
    workflow: 'benchSweep',
    workflowId: sweep.workflow_id,
    id: sweep.sweep_id,
    input: sweep,
    slotQueue: sweep.runs[0]!.slot_queue,
    giveUpAfterMs,
    ...(beforeStart === undefined ? {} : { beforeStart }),
    onStarted: () => sweeps.writeInput(sweep.sweep_id, sweep),
    progress: (id) => sweepProgress(root, (sweeps.readInput(id) as BenchSweepInput | undefined) ?? sweep),
  });
  if (followed.ended === 'detached') {
    io.err(`detached; ${followed.id} goes on.`);
    return EXIT.interrupted;
  }
  io.out(isJson ? JSON.stringify(followed.result, null, 2) : await tellSweep(root, followed.result));
  return followed.result.exit_code;
}

/** The run that is at work: the first without a result. */
function sweepProgress(root: string, { runs }: BenchSweepInput): ReturnType<typeof runProgress> {
  const known = openBenchRuns(root);
  const current = runs.find(({ run_id }) => !known.has(run_id, 'result')) ?? runs.at(-1)!;
  return runProgress(root, current.run_id, current.models.length, `run ${current.sweep?.index ?? 1}/${runs.length}`);
}

function oneModel(model: string): string[] {
  const models = modelsOf(model);
  if (models.length === 1) return models;
  throw new UsageError(`reading --model: expected one model, found ${models.length}.`, 'Run a sweep for each of them.');
}

async function confirmPause(io: Io, { yes, dryRun }: MeasureOptions, productionUrl: string | null, runs: number): Promise<void> {
  if (productionUrl === null || yes === true || dryRun === true) return;
  if (io.ask === undefined) {
    throw new UsageError(
      'pausing production: expected --yes where nobody can be asked, found neither --yes nor a terminal.',
      `Add --yes: ${productionUrl} is paused ${runs} times, once for each run.`,
    );
  }
  if (!(await io.ask(`${productionUrl} is paused ${runs} times, once for each run. Begin?`)))
    throw new UsageError('pausing production: expected a yes, found none.', 'Nothing was begun.');
}
