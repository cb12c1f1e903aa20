import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { TestRun } from './test-run.ts';

/** The text of a file that a run exported. */
export function exportedText({ ports, input }: TestRun, name: string): string {
  return readFileSync(ports.output.path(input.run_id, name), 'utf8');
}

/** Its rows. */
export function exportedRows(run: TestRun, name: string): JsonObject[] {
  return exportedText(run, name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}
