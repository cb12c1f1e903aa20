import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { distillAuditFull, type AuditFullOptions } from '../../../cli/commands/distill-audit-full.ts';
import { auditReportSchema } from '../../../schemas/audit-report.ts';
import { copyWorkspace, PASSED } from '../../support/full-audit.ts';
import { makeHarborWorkspace, type HarborWorkspace } from '../../support/harbor-workspace.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { runCli } from '../../support/run-cli.ts';

let harbor: HarborWorkspace;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
});
afterAll(() => harbor.clear());

async function auditCommand(options: AuditFullOptions): Promise<{ code: number; out: string; err: string }> {
  const io = recordingIo({ cwd: harbor.root });
  const code = await distillAuditFull(io, options, () => Promise.resolve(PASSED));
  return { code, out: io.printed(), err: io.said() };
}

describe('what is printed and kept', () => {
  test('for people: each check, the numbers, and where the report is', async () => {
    const workspace = copyWorkspace(harbor.root, harbor.workspace);
    const { code, out } = await auditCommand({ workspace });
    expect(code).toBe(0);
    expect(out).toContain(`run ${harbor.runId}`);
    expect(out).toMatch(/ 9 +SFT firewall +passed +1 row\n/);
    expect(out).toContain('baseline 1 appended to ledger/audit-baselines.jsonl');
    expect(out).toMatch(/accepted: 16 of 16 checks passed$/);
    const page = /report (reports\/audit\/\S+\.html)/.exec(out)![1]!;
    const name = page.replace(/^reports\/audit\/|\.html$/g, '');
    expect(readdirSync(join(workspace, 'reports', 'audit')).sort()).toEqual(
      ['-baselines.csv', '-checks.csv', '-drift.csv', '-findings.csv', '-warnings.csv', '.html', '.json', '.md'].map((end) => name + end),
    );
  });

  test('for programs: one document, the same that is kept', async () => {
    const workspace = copyWorkspace(harbor.root, harbor.workspace);
    const { code, out } = await auditCommand({ workspace, json: true });
    expect(code).toBe(0);
    const report = auditReportSchema.parse(JSON.parse(out));
    expect(JSON.parse(readFileSync(join(workspace, report.paths.json), 'utf8'))).toEqual(report);
    expect(report.baselines).toEqual([report.baseline]);
  });

  test('a failed check is told with where, expected, found and what to do; the exit code is 1', async () => {
    const workspace = copyWorkspace(harbor.root, harbor.workspace);
    rmSync(join(workspace, 'exports', harbor.runId, 'quarantine', 'rag.jsonl'));
    const { code, out } = await auditCommand({ workspace });
    expect(code).toBe(1);
    expect(out).toMatch(
      /check 12, quarantine accounting, failed\n  where +the check itself\n  expected +.*\n  found +.*rag\.jsonl.*\n  to do +/,
    );
    expect(out).toMatch(/refused: 14 of 16 checks passed$/);
  });

  test('a page and a Markdown file where they are asked for, besides', async () => {
    const workspace = copyWorkspace(harbor.root, harbor.workspace);
    const { code } = await auditCommand({ workspace, html: 'shelf/audit.html', md: 'shelf/notes.md' });
    expect(code).toBe(0);
    expect(readdirSync(join(harbor.root, 'shelf')).sort()).toEqual([
      'audit-baselines.csv',
      'audit-checks.csv',
      'audit-drift.csv',
      'audit-findings.csv',
      'audit-warnings.csv',
      'audit.html',
      'audit.json',
      'notes.md',
    ]);
    expect(readFileSync(join(harbor.root, 'shelf', 'audit.html'), 'utf8')).toContain('href="audit-checks.csv"');
  });
});

describe('the command line', () => {
  test('no check can be left out', async () => {
    const { code, err } = await runCli(['distill', 'audit-full', '--skip', '9', '--workspace', harbor.workspace], harbor.root);
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--skip'");
  });

  test('before the first run there is nothing to audit', async () => {
    await runCli(['init', '--workspace', 'fresh'], harbor.root);
    const io = recordingIo({ cwd: harbor.root });
    await expect(distillAuditFull(io, { workspace: 'fresh' }, () => Promise.resolve(PASSED))).rejects.toThrow(
      /expected a run that has come to its end/,
    );
    expect(existsSync(join(harbor.root, 'fresh', 'ledger', 'audit-baselines.jsonl'))).toBe(false);
  });
});

test('an interrupt ends it with 130; nothing is appended, and it can simply be run again', async () => {
  const workspace = copyWorkspace(harbor.root, harbor.workspace);
  const io = recordingIo({ cwd: harbor.root });
  const code = await distillAuditFull(io, { workspace }, (watch) => {
    io.interrupt();
    watch.throwIfStopped();
    return Promise.resolve(PASSED);
  });
  expect(code).toBe(130);
  expect(io.said()).toContain('nothing was appended to the baselines');
  expect(existsSync(join(workspace, 'ledger', 'audit-baselines.jsonl'))).toBe(false);
  expect(existsSync(join(workspace, 'reports', 'audit'))).toBe(false);
  expect((await auditCommand({ workspace })).code).toBe(0);
});
