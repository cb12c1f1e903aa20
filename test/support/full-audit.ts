import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { auditFull } from '../../activities/audit-full/audit-full.ts';
import type { Acceptance, AuditWatch, AuditWorld } from '../../activities/audit-full/audit-world.ts';
import { openAuditWorld } from '../../cli/audit/open-audit-world.ts';
import { auditReportSchema, type AuditReport } from '../../schemas/audit-report.ts';
import { distillSettingsSchema } from '../../schemas/distill-settings.ts';

/** An acceptance that is not what a test is about: it passed. */
export const PASSED: Acceptance = { passed: 22, total: 22, invariants: [] };

export const NOBODY_WATCHES: AuditWatch = { begin: () => undefined, progress: () => undefined, throwIfStopped: () => undefined };

/** A full audit of a workspace in this process, with some of its world changed. */
export async function audit(workspace: string, changes: Partial<AuditWorld> = {}, watch = NOBODY_WATCHES): Promise<AuditReport> {
  const world = await openAuditWorld(workspace, () => Promise.resolve(PASSED));
  try {
    const request = { codeVersion: '0.1.0', presentSettings: distillSettingsSchema.parse({}) };
    return auditReportSchema.parse(await auditFull({ ...world, ...changes }, request, watch));
  } finally {
    world.close();
  }
}

/** Numbers of the checks that failed. */
export function failedChecks({ checks }: AuditReport): number[] {
  return checks.filter(({ state }) => state === 'failed').map(({ number }) => number);
}

/** A copy of a workspace that a test may break. */
export function copyWorkspace(root: string, workspace: string): string {
  const copy = mkdtempSync(join(root, 'copy-'));
  cpSync(workspace, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** The first file of a workspace whose path matches. */
export function fileIn(workspace: string, pattern: RegExp): string {
  const found = readdirSync(workspace, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(workspace, join(entry.parentPath, entry.name)))
    .sort()
    .find((path) => pattern.test(path));
  if (found === undefined) throw new Error(`no file matches ${pattern}`);
  return join(workspace, found);
}

/** Changes the text of a file; fails when that changes nothing. */
export function editText(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing was changed in ${path}`);
  writeFileSync(path, after);
}

/** Rewrites a Parquet file as a query over the table `rows` that it holds. */
export async function editParquet(path: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`CREATE TABLE rows AS SELECT * FROM read_parquet('${path}')`);
    await connection.run(`COPY (${sql}) TO '${path}.new' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  renameSync(`${path}.new`, path);
}
