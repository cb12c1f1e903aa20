import type { ModelSummary } from '../../schemas/bench-model-summary.ts';
import type { RunEnd, RunManifest } from '../../schemas/bench-run-file.ts';
import type { ModelVerdict } from '../../schemas/vocabulary.ts';
import type { BenchRunInput, BenchRunResult, RunOutcome } from '../bench-contract.ts';
import { interruptionsOf } from './note-call.ts';
import { MANIFEST } from './open-run.ts';
import { notePausedTime, pausedTimes } from './paused-time.ts';
import { summaryName } from './summarize-model.ts';
import type { BenchWorld } from './world.ts';

const RESULT = 'result';

/** The result of a run that was measured to its end; a run that could not be done can be gone on with. */
export function findBenchRun({ runs }: BenchWorld, { run_id }: BenchRunInput): BenchRunResult | null {
  if (!runs.has(run_id, RESULT)) return null;
  const result = runs.read<BenchRunResult>(run_id, RESULT);
  return result.reason === null ? result : null;
}

/** Writes the last record and publishes the run file. An import that fails changes nothing of the verdict, but is told. */
export async function endBenchRun(world: BenchWorld, outcome: RunOutcome): Promise<BenchRunResult> {
  const { run, reason, detail } = outcome;
  const { runs } = world;
  const summaries = outcome.models.map(({ model }) => runs.read<ModelSummary>(run.run_id, summaryName(world, model)));
  const verdicts = Object.fromEntries(summaries.map(({ model, verdict }) => [model.id, verdict]));
  const exit_code = exitCodeOf(outcome, Object.values(verdicts));
  const last = lastRecord(world, outcome, summaries, exit_code);
  const path = runs.runFile(run.run_id);
  const parts = {
    first: runs.read<RunManifest>(run.run_id, MANIFEST),
    models: run.models.map((id) => ({ id, summary: summaries.find(({ model }) => model.id === id) })),
    last,
  };
  await runs.publish(run.run_id, path, parts);
  // A run that never began leaves the place free for the one that does.
  const isBegun = reason !== 'preflight_aborted' && reason !== 'no_models';
  if (run.out !== null && isBegun) await runs.publish(run.run_id, run.out, parts);
  const imported = await world.importRun(path).then(
    () => '',
    (error: unknown) => `not imported into the result tables: ${error instanceof Error ? error.message : String(error)}`,
  );
  const told = [detail, imported].filter((text) => text !== '').join('; ');
  const result: BenchRunResult = {
    run_id: run.run_id,
    reason,
    verdicts,
    exit_code,
    run_file: path,
    ...(told === '' ? {} : { detail: told }),
  };
  runs.write(run.run_id, RESULT, result);
  return result;
}

function lastRecord(world: BenchWorld, outcome: RunOutcome, summaries: readonly ModelSummary[], exit_code: RunEnd['exit_code']): RunEnd {
  const { run, models } = outcome;
  const isErrored = (model: string): boolean => summaries.find((summary) => summary.model.id === model)?.errors.length !== 0;
  return {
    record_type: 'run_end',
    run_id: run.run_id,
    finished_at_iso: world.clock.now(),
    models_completed: run.models.filter((model) => !isErrored(model)),
    models_errored: run.models.filter(
      (model) => isErrored(model) && (outcome.reason === null || models.some((known) => known.model === model)),
    ),
    reason: outcome.reason,
    prod_brain_resumed_ok: outcome.is_resumed,
    models_with_prod_restart_event: models.filter(({ prod_restart }) => prod_restart !== null).map(({ model }) => model),
    interruptions: interruptionsOf(world.runs, run.run_id),
    paused_seconds: pausedSeconds(world, run, outcome.paused_s),
    exit_code,
  };
}

/** Of all parts of the run. */
function pausedSeconds({ runs }: BenchWorld, { run_id }: BenchRunInput, seconds: number): number {
  const { lease } = runs.read<RunManifest>(run_id, MANIFEST);
  if (lease !== null && seconds > 0) notePausedTime(runs, run_id, lease.token, seconds);
  return Object.values(pausedTimes(runs, run_id)).reduce((sum, part) => sum + part, 0);
}

/** 130 first; then what could not be done; then the verdicts, the worst of them. */
function exitCodeOf({ run, reason, is_resumed, models }: RunOutcome, verdicts: readonly ModelVerdict[]): RunEnd['exit_code'] {
  if (reason === 'cancelled') return 130;
  if (reason !== null && reason !== 'dry_run') return 2;
  if (is_resumed === false) return 1;
  if (reason === 'dry_run') return 0;
  const isWhole = models.length === run.models.length;
  if (!isWhole || verdicts.includes('FAIL') || models.some(({ errors }) => errors.length > 0)) return 1;
  return verdicts.includes('INCONCLUSIVE') ? 2 : 0;
}
