import { resolve } from 'node:path';
import { importRun, type ImportWorld } from '../../activities/bench/import-run.ts';
import { scanRunFile } from '../../adapters/bench/scan-run-file.ts';
import { nowMs } from '../../adapters/clock.ts';
import { changeResults } from '../../adapters/lake/bench-results.ts';
import type { BenchImport } from '../../schemas/bench-import-report.ts';

/** Stores a run file in the result tables of a workspace; `given` is what it is called, `cwd` where that begins. */
export function importRunFile(
  workspace: string,
  given: string,
  options: { readonly cwd: string; readonly force?: boolean },
): Promise<BenchImport> {
  const world: ImportWorld = { scan: scanRunFile, change: (runId, decide) => changeResults(workspace, runId, decide), nowMs };
  return importRun(world, { given, path: resolve(options.cwd, given) }, options.force ?? false);
}
