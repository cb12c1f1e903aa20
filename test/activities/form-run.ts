import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DistillInput } from '../../activities/contract.ts';
import { writeForms } from '../../activities/export-forms.ts';
import type { Attempt, Ports } from '../../activities/ports.ts';
import { SET_FILES, type WrittenFile } from '../../activities/written-set.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';
import { distillSettingsSchema, type DistillSettings } from '../../schemas/distill-settings.ts';
import type { ExportSet } from '../../schemas/vocabulary.ts';
import { createPorts } from '../../worker/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ATTEMPT } from './test-run.ts';

/** The forms of one set of rows, written in a workspace of their own. */
export interface FormRun {
  readonly ports: Ports;
  readonly files: readonly WrittenFile[];
  path(name: string): string;
  has(name: string): boolean;
  text(name: string): string;
  rows(name: string): JsonObject[];
  /** Every file below the exports of the run, temporary ones included. */
  onDisk(): string[];
}

/** Writes rows as a set and makes everything of it that the settings ask for. */
export async function writeFormsOf(
  set: ExportSet,
  rows: readonly object[],
  settings: Partial<DistillSettings>,
  attempt: Attempt = ATTEMPT,
): Promise<FormRun> {
  const workspace = temporaryFolder();
  const ports = createPorts(workspace, { threads: 1, memoryMb: 256 });
  const run: DistillInput = {
    run_id: 'run-1',
    workflow_id: 'distill-test',
    started_at: '2026-03-05T12:00:00.000Z',
    requests: [],
    skip_unknown: false,
    settings: distillSettingsSchema.parse({ formats: ['jsonl'], ...settings }),
    config_digest: 'c'.repeat(64),
    config_base: '.',
    code_version: 'test',
    until: 'export',
    window: 2,
  };
  const name = `${SET_FILES[set]}.jsonl`;
  const file = ports.output.openLines(run.run_id, name);
  for (const row of rows) file.write(canonicalJson(row as unknown as JsonValue));
  const written = { name, ...file.publish() };
  const exportsPath = ports.output.exportsPath(run.run_id);
  const text = (wanted: string): string => readFileSync(join(exportsPath, wanted), 'utf8');
  const onDisk = (): string[] =>
    readdirSync(join(workspace, 'exports'), { recursive: true, withFileTypes: true })
      .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []))
      .map((path) => path.slice(exportsPath.length + 1))
      .sort();
  try {
    const files = await writeForms(ports, run, set, written, attempt);
    return {
      ports,
      files,
      path: (wanted) => join(exportsPath, wanted),
      has: (wanted) => existsSync(join(exportsPath, wanted)),
      text,
      rows: (wanted) => linesOf(text(wanted)),
      onDisk,
    };
  } catch (error) {
    throw Object.assign(error as Error, { onDisk: onDisk() });
  }
}

function linesOf(text: string): JsonObject[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}
