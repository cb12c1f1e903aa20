import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDistillWork } from '../../activities/index.ts';
import { SET_FILES } from '../../activities/written-set.ts';
import type { DistillInput } from '../../activities/contract.ts';
import type { AcceptanceFacts, PlantedRow } from '../../domain/acceptance/index.ts';
import type { DistillSettings } from '../../schemas/distill-settings.ts';
import { createPorts } from '../../worker/index.ts';

/** Reads the SFT file of a run back as the audit does, and gives its findings. */
export type Reread = (workspace: string, runId: string, settings: DistillSettings) => Promise<readonly string[]>;

/** The re-read of the audit stage itself. */
export const rereadSft: Reread = async (workspace, runId, settings) => {
  const ports = createPorts(workspace, { threads: 1, memoryMb: 256 });
  // The stage looks at nothing else of its input.
  const run = { run_id: runId, settings } as DistillInput;
  await createDistillWork(ports).auditExportSet({ run, set: 'sft' }, { throwIfStopped: () => undefined, report: () => undefined });
  return ports.runs.read<{ findings: string[] }>(runId, 'audited-sft').findings;
};

/** Plants what the third firewall is there for into the SFT file of a copy of the workspace, one line each, and has it read back. */
export async function rereadFacts(
  copy: string,
  runId: string,
  settings: DistillSettings,
  reread: Reread,
): Promise<AcceptanceFacts['reread']> {
  const path = join(copy, 'exports', runId, `${SET_FILES.sft}.jsonl`);
  const before = readFileSync(path, 'utf8');
  const untouched = await reread(copy, runId, settings);
  const lines = before.split('\n').filter((line) => line !== '');
  const forbidden = forbiddenRows(lines[0] ?? '{}');
  writeFileSync(path, [...lines, ...forbidden.map(({ row }) => row), ''].join('\n'));
  const findings = await reread(copy, runId, settings);
  writeFileSync(path, before);
  return {
    untouched,
    planted: forbidden.map(({ what }, nth): PlantedRow => {
      const line = lines.length + nth + 1;
      return { what, line, finding: findings.find((finding) => finding.includes(` line ${line}:`)) ?? null };
    }),
  };
}

function forbiddenRows(line: string): { what: string; row: string }[] {
  const row = JSON.parse(line) as object;
  const changed = (what: string, fields: object) => ({ what, row: JSON.stringify({ ...row, ...fields }) });
  return [
    changed('a rejected row', { id: 'planted-1', quality_score: 'rejected' }),
    changed('a row that waits for a human', { id: 'planted-2', quality_score: 'needs_human_review' }),
    changed('a partially accepted row', { id: 'planted-3', quality_score: 'partially_accepted' }),
    changed('a row without provenance', { id: 'planted-4', provenance: null }),
    { what: 'a row that stands there twice', row: line },
  ];
}
