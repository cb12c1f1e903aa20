import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { benchRunFolder, openBenchRuns } from './run-store.ts';

/** Paths of the run files of a workspace, oldest first. A run that has not come to its end has none. */
export function listRunFiles(workspace: string): string[] {
  return openBenchRuns(workspace)
    .list()
    .reverse()
    .map((runId) => join(benchRunFolder(workspace, runId), 'run.jsonl'))
    .filter((path) => existsSync(path));
}
