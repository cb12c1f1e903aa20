import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVerdicts } from '../../../adapters/files/verdicts.ts';
import { audit, editText, failedChecks } from '../../support/full-audit.ts';
import { ask } from '../../support/harbor-workspace.ts';
import { HARBOR_TRACES } from '../../support/harbor-traces.ts';
import { refine } from '../../support/refine.ts';

let root: string;
let workspace: string;
let desk: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lauter-audit-'));
  workspace = join(root, 'workspace');
  desk = join(root, 'desk.jsonl');
  writeFileSync(desk, HARBOR_TRACES);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a source that is gone fails check 1 with the rows it takes along, and is no crash of check 4', async () => {
  await refine(workspace, ['desk.jsonl'], root);
  rmSync(desk);
  const report = await audit(workspace);
  expect(failedChecks(report)).toEqual([1]);
  expect(report.checks[0]!.findings).toEqual([
    { where: 'desk.jsonl', expected: 'a readable file', found: 'no such file; 4 rows of it cannot be proved' },
  ]);
  expect(report.unprovable).toEqual({ latest: 4, older: 0 });
  // Five are stored, the repeated one among them.
  expect(report.checks[3]!.warnings).toEqual(['5 rows of files that cannot be read: nothing was held against them']);
});

test('rows of an earlier run whose source is gone are counted and told of; they fail nothing', async () => {
  writeFileSync(join(root, 'pier.jsonl'), HARBOR_TRACES);
  const { run_id } = await refine(workspace, ['pier.jsonl'], root, { now: '2026-03-01T08:00:00Z' });
  await refine(workspace, ['desk.jsonl'], root);
  rmSync(join(root, 'pier.jsonl'));
  const report = await audit(workspace);
  expect(failedChecks(report)).toEqual([]);
  expect(report.unprovable).toEqual({ latest: 0, older: 4 });
  expect(report.checks[0]!.warnings).toEqual([
    `pier.jsonl, last read by run ${run_id}: no such file; 4 rows of that run cannot be proved any more`,
  ]);
});

test('a record that was changed in its place is found by its signature', async () => {
  await refine(workspace, ['desk.jsonl'], root);
  editText(desk, (lines) => lines.replace('Everybody, sadly.', 'Nobody, luckily.'));
  const report = await audit(workspace);
  expect(failedChecks(report)).toEqual([4]);
  const [finding] = report.checks[3]!.findings;
  expect(finding!.where).toMatch(/^evidence [0-9a-f]{64}, read from desk\.jsonl, line 4$/);
  expect(finding!.found).toBe('another one, or none');
  expect(report.checks[3]!.findings_total).toBe(1);
});

test('records that moved down by a line are told apart from records that are gone', async () => {
  await refine(workspace, ['desk.jsonl'], root);
  editText(desk, (lines) => `{"id": "desk-0", "messages": []}\n${lines}`);
  const report = await audit(workspace);
  expect(failedChecks(report)).toEqual([4]);
  expect(report.checks[3]!.findings.map(({ found }) => found)).toContain('another one; the record stands in another place');
});

test('a file that only grew proves everything that was read of it', async () => {
  writeFileSync(desk, HARBOR_TRACES.split('\n').slice(0, 5).join('\n') + '\n');
  await refine(workspace, ['desk.jsonl'], root);
  appendFileSync(desk, HARBOR_TRACES.split('\n')[3]!.replace('gulls', 'terns') + '\n');
  expect(failedChecks(await audit(workspace))).toEqual([]);
});

test('a file under another name is gone', async () => {
  await refine(workspace, ['desk.jsonl'], root);
  renameSync(desk, `${desk}.1`);
  expect(failedChecks(await audit(workspace))).toEqual([1]);
});

test('records are scored again with the verdicts that the run had, not with those that came later', async () => {
  await refine(workspace, ['desk.jsonl'], root, { now: '2026-03-01T08:00:00Z' });
  const [{ id } = { id: '' }] = (await ask(workspace, "SELECT evidence_id AS id FROM scored WHERE task_key LIKE '%gulls%'")) as {
    id: string;
  }[];
  const said = { schema: 'verdict/1', evidence_id: id, by: 'pilot', recorded_at: '2026-03-01T09:00:00Z' } as const;
  await openVerdicts(workspace).append(() => [{ ...said, verdict: 'yes' }]);
  // The current run knows of no verdict.
  expect(failedChecks(await audit(workspace))).toEqual([]);
  const { run_id } = await refine(workspace, ['desk.jsonl'], root);
  const report = await audit(workspace);
  expect(failedChecks(report)).toEqual([]);
  expect(report.metrics.p3_accepted).toBe(2);
  expect(report.checks[7]!.looked_at).toBe('4 records, with the verdicts of people on 1');
  // Without them the rules decide otherwise, and the audit says about which record.
  rmSync(join(workspace, 'lake', 'runs', run_id, 'verdicts.json'));
  const again = await audit(workspace);
  expect(failedChecks(again)).toContain(8);
  expect(again.checks[7]!.findings).toMatchObject([{ where: `evidence ${id}`, found: expect.stringMatching(/^accepted, by human/) }]);
});

test('a run is judged by the settings it was made under, whatever the config says by now', async () => {
  await refine(workspace, ['desk.jsonl'], root, { distill: { include_partial: true, partial_min: 0.7 } });
  const report = await audit(workspace);
  expect(failedChecks(report)).toEqual([]);
  expect(report.metrics.p4_sft_rows).toBe(2);
});
