import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BenchRunInput, BenchRunResult } from '../../activities/bench-contract.ts';
import { openBenchRuns } from '../../adapters/bench/run-store.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { runInput } from '../../worker/inputs/bench-input.ts';
import { runSettings } from '../../worker/inputs/bench-settings.ts';
import { runProgress } from '../bench/bench-progress.ts';
import { followBench } from '../bench/follow-bench.ts';
import type { MeasureOptions } from '../bench/measure-options.ts';
import { tellRun } from '../bench/tell-run.ts';
import { withEngine, type EngineSession } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, workspaceFolder } from '../places.ts';

export interface BenchRunOptions extends MeasureOptions {
  /** Ids, separated by commas. */
  readonly models: string;
}

/** `lauter bench run`: one pass over each model, with production paused meanwhile. */
export async function benchRun(io: Io, options: BenchRunOptions): Promise<ExitCode> {
  const workspaceDir = workspaceFolder(io, options);
  const { config } = loadConfig(io, workspaceDir, options);
  const models = modelsOf(options.models);
  const settings = runSettings(options, config);
  refuseExisting(io, options.out);
  return withEngine(io, { workspaceDir, config, keepServer: options.keepServer ?? false }, async (session) => {
    const heartbeatTimeoutMs = config.engine.heartbeat_timeout_s * 1000;
    const input = await runInput({ io, workspace: session.workspace, settings, models, heartbeatTimeoutMs, now: new Date() }, options.out);
    return followRun(io, session, input, { giveUpAfterMs: config.engine.give_up_after_s * 1000, isJson: options.json === true });
  });
}

/** Works on a run until it has ended, and tells how. */
export async function followRun(
  io: Io,
  session: EngineSession,
  input: BenchRunInput,
  { giveUpAfterMs, isJson }: { readonly giveUpAfterMs: number; readonly isJson: boolean },
): Promise<ExitCode> {
  const { root } = session.workspace;
  const followed = await followBench<BenchRunResult>(io, session, {
    workflow: 'benchRun',
    workflowId: input.run_id,
    id: input.run_id,
    input,
    slotQueue: input.slot_queue,
    giveUpAfterMs,
    onStarted: () => openBenchRuns(root).write(input.run_id, 'input', input),
    progress: (id) => runProgress(root, id, input.models.length, 'measure'),
  });
  if (followed.ended === 'detached') {
    io.err(`detached; ${followed.id} goes on.`);
    return EXIT.interrupted;
  }
  io.out(isJson ? JSON.stringify(followed.result, null, 2) : await tellRun(root, followed.result));
  return followed.result.exit_code;
}

/** UsageError for a list without a name in it. */
export function modelsOf(list: string): string[] {
  const models = list.split(',').map((name) => name.trim());
  const named = [...new Set(models.filter((name) => name !== ''))];
  if (named.length > 0) return named;
  throw new UsageError('reading --models: expected at least one model, found none.', 'Name one, as in `--models qwen3-8b`.');
}

/** UsageError when a file is there that would be written over. */
export function refuseExisting(io: Io, ...paths: readonly (string | undefined)[]): void {
  for (const path of paths) {
    if (path === undefined || !existsSync(resolve(io.cwd, path))) continue;
    throw new UsageError(`writing ${path}: expected no such file, found one.`, 'Name another place with --out; nothing is written over.');
  }
}
