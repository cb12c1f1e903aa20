import type { DeterminismReport } from '../../schemas/determinism-report.ts';
import { SourceError } from '../shared/errors.ts';
import type { RunFile } from '../shared/run-file.ts';
import { joinBt29 } from './bt29.ts';
import { checkComparability } from './comparability.ts';
import { judgeModel } from './judge-model.ts';
import { groupByModel } from './model-runs.ts';
import { TOLERANCE, type DeterminismSettings } from './settings.ts';

/**
 * The verdict of BT-29 from run files alone: whether each model that stands in two or more of them came to the same every time. Nothing but the list
 * of runs follows the order of the files. SourceError when two files are one, or hold the same run; RangeError for a budget that is not a number from 0 on.
 */
export function judgeDeterminism(files: readonly RunFile[], settings: DeterminismSettings): DeterminismReport {
  requireBudgets(settings);
  requireDistinct(files);
  const { report: comparability, warnings } = checkComparability(files);
  const groups = [...groupByModel(files)];
  const requiredRuns = settings.requiredRuns ?? files.length;
  const against = { ...settings, requiredRuns, comparability };
  // A sweep that stopped early is judged by what it has: too few runs, and why.
  const isCompared = (runs: readonly unknown[]): boolean => runs.length > 1 || settings.requiredRuns !== undefined;
  const models = groups.filter(([, runs]) => isCompared(runs)).map(([id, runs]) => judgeModel(id, runs, against));
  const isPassed = models.length > 0 && models.every(({ verdict }) => verdict === 'PASS');
  return {
    schema: 'lauter.determinism/1',
    mode: settings.mode,
    budgets: { ...settings.budgets },
    tolerance: TOLERANCE,
    required_runs: requiredRuns,
    runs: files.map(({ runId, path, sha256 }) => ({ run_id: runId, path, sha256 })),
    comparability,
    models,
    not_compared: groups.filter(([, runs]) => !isCompared(runs)).map(([id]) => id),
    overall: isPassed ? 'PASS' : 'FAIL',
    bt29: joinBt29(models),
    warnings: [...warnings, ...tellIgnored(files)],
    exit_code: comparability.status === 'not comparable' ? 2 : isPassed ? 0 : 1,
  };
}

function requireBudgets({ budgets }: DeterminismSettings): void {
  for (const [metric, budget] of Object.entries(budgets)) {
    if (!Number.isFinite(budget) || budget < 0)
      throw new RangeError(`judging determinism, on the budget for ${metric}: expected a number from 0 on, found ${budget}. Pass one.`);
  }
}

/** One run given twice would agree with itself. */
function requireDistinct(files: readonly RunFile[]): void {
  for (const [at, file] of files.entries()) {
    const twin = files.slice(0, at).find(({ sha256, runIds }) => sha256 === file.sha256 || runIds.some((id) => file.runIds.includes(id)));
    if (twin === undefined) continue;
    const what =
      twin.sha256 === file.sha256 ? 'the same content' : `run ${file.runIds.find((id) => twin.runIds.includes(id)) ?? ''} in both`;
    throw new SourceError(
      `comparing run files ${twin.path} and ${file.path}: expected different runs, found a duplicate: ${what}.`,
      'Give each run once.',
    );
  }
}

function tellIgnored(files: readonly RunFile[]): string[] {
  return files
    .filter(({ ignored }) => ignored.records + ignored.fields > 0)
    .map(({ runId, ignored }) => `${runId}: ignored ${ignored.records} records of an unknown type and ${ignored.fields} unknown fields`)
    .sort();
}
