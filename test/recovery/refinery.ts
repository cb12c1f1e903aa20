import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Acceptance } from '../../activities/audit-full/audit-world.ts';
import { distillAuditFull } from '../../cli/commands/distill-audit-full.ts';
import type { AuditReport } from '../../schemas/audit-report.ts';
import type { DoctorCheck, DoctorReport } from '../../schemas/doctor-report.ts';
import type { DriftReport } from '../../schemas/drift-report.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { PASSED } from '../support/full-audit.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { recordingIo } from '../support/recording-io.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

/** A folder with traces, and a workspace in it, for a rehearsal that breaks something and mends it. */
export interface Refinery {
  readonly root: string;
  readonly traces: string;
  readonly workspace: string;
}

/** A program that says of itself that it is a Temporal server new enough: the doctor asks for one. */
const SERVER = "#!/bin/sh\necho 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)'\n";

/** A refinery that has not run yet. Call {@link removeFolder} on its root in the end. */
export function makeRefinery(traces: string = HARBOR_TRACES): Refinery {
  const root = makeFolder({ 'desk.jsonl': traces });
  writeFileSync(join(root, 'temporal'), SERVER, { mode: 0o755 });
  return placesIn(root);
}

/** A copy that the running test may break; gone when it ends. */
export function copyRefinery({ root }: Refinery): Refinery {
  const copy = mkdtempSync(join(tmpdir(), 'lauter-rehearsal-'));
  onTestFinished(() => removeFolder(copy));
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
  return placesIn(copy);
}

function placesIn(root: string): Refinery {
  return { root, traces: join(root, 'desk.jsonl'), workspace: join(root, 'refinery') };
}

/** What `lauter distill run-all desk.jsonl` does, without an engine. */
export async function runAll({ root, workspace }: Refinery, distill: object = {}): Promise<RunSummary> {
  // Run ids sort by time, and a run compares itself with the one before.
  const now = new Date().toISOString();
  const { summary_path } = await refine(workspace, ['desk.jsonl'], root, { now, distill });
  return JSON.parse(readFileSync(summary_path, 'utf8')) as RunSummary;
}

/** A command line in the folder of the traces, over their workspace. */
export function lauter({ root, workspace }: Refinery, ...args: string[]): Promise<CliOutcome> {
  return runCli([...args, '--workspace', workspace], root, { env: { LAUTER_TEMPORAL_BIN: join(root, 'temporal') } });
}

/** The rows of a query, as `lauter distill query` prints them for programs. */
export async function query<Row>(refinery: Refinery, sql: string): Promise<Row[]> {
  const { code, out, err } = await lauter(refinery, 'distill', 'query', sql, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out) as Row[];
}

/** What `lauter doctor` says of one thing. */
export async function doctorOn(refinery: Refinery, name: string): Promise<DoctorCheck> {
  const { out } = await lauter(refinery, 'doctor', '--json');
  const check = (JSON.parse(out) as DoctorReport).checks.find((one) => one.name === name);
  if (check === undefined) throw new Error(`the doctor looked at no ${name}`);
  return check;
}

/** `lauter distill audit-full`, with an acceptance that is over at once: the fixture needs an engine. */
export async function auditFull({ workspace }: Refinery, acceptance: Acceptance = PASSED): Promise<{ code: number; report: AuditReport }> {
  const io = recordingIo();
  const code = await distillAuditFull(io, { workspace, json: true }, () => Promise.resolve(acceptance));
  return { code, report: JSON.parse(io.printed()) as AuditReport };
}

/** What a run found when it compared itself with the one before. */
export function driftOf({ workspace }: Refinery, { run_id }: RunSummary): DriftReport {
  return JSON.parse(readFileSync(join(workspace, 'reports', run_id, 'drift.json'), 'utf8')) as DriftReport;
}
