import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receiptsVerificationSchema, type ReceiptsVerification } from '../../schemas/receipts-verification.ts';
import { makeHarborWorkspace, type HarborWorkspace } from '../support/harbor-workspace.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';

let harbor: HarborWorkspace;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
});
afterAll(() => harbor.clear());

/** A copy of the workspace that a test may break. */
function copyOf(): string {
  const copy = mkdtempSync(join(harbor.root, 'copy-'));
  cpSync(harbor.workspace, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function verify(workspace: string, ...more: string[]): Promise<CliOutcome> {
  return runCli(['distill', 'receipts', '--verify', '--workspace', workspace, ...more], harbor.root);
}

async function verified(workspace: string): Promise<{ code: number; result: ReceiptsVerification }> {
  const { code, out } = await verify(workspace, '--json');
  return { code, result: receiptsVerificationSchema.parse(JSON.parse(out)) };
}

function filesBelow(workspace: string, pattern: RegExp): string[] {
  return readdirSync(workspace, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(workspace, join(entry.parentPath, entry.name)))
    .filter((path) => pattern.test(path))
    .sort();
}

/** Changes the lowest bit of one byte in the middle of a file, so that the size stays. */
function flipByte(path: string, at = Math.floor(statSync(path).size / 2)): void {
  const bytes = readFileSync(path);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
}

test('a run as it was written: every link holds', async () => {
  const { code, result } = await verified(harbor.workspace);
  expect({ code, first: result.first, holds: result.holds, run: result.run_id }).toEqual({
    code: 0,
    first: null,
    holds: true,
    run: harbor.runId,
  });
  // By hand: five stored evidence rows (one of them excluded as a duplicate), five scores, two RAG rows, one SFT row, one pair.
  expect(result.checked.rows).toBe(5 + 5 + 2 + 1 + 1);
  expect((await verify(harbor.workspace)).out).toContain('all of them hold');
});

describe('one flipped byte is found and named', () => {
  test.each([
    ['a receipt in the lake', /^lake\/runs\/.*\/score-receipt\.json$/],
    ['the last receipt in the lake', /^lake\/runs\/.*\/audit-receipt\.json$/],
    ['a published receipt', /^reports\/.*\/receipts\/materialize\.json$/],
    ['the last published receipt', /^reports\/.*\/receipts\/audit\.json$/],
    ['a manifest', /^lake\/manifests\/evidence\/.*\.json$/],
    ['the manifest of the scores', /^lake\/manifests\/scored\/.*\.json$/],
    ['a Parquet file of evidence', /^lake\/evidence\/.*\.parquet$/],
    ['a Parquet file of scores', /^lake\/scored\/.*\.parquet$/],
    ['the list of excluded rows', /^lake\/excluded\/.*\.parquet$/],
    ['the RAG file', /^exports\/.*\/rag\/playbooks\.jsonl$/],
    ['the SFT file', /^exports\/.*\/sft\/instruction_response\.jsonl$/],
    ['the preference file', /^exports\/.*\/preference\/chosen_rejected\.jsonl$/],
    ['a quarantine file', /^exports\/.*\/quarantine\/materialize\.jsonl$/],
    ['an exported Parquet file', /^exports\/.*\/rag\/playbooks\.parquet$/],
    ['what a stage left', /^lake\/runs\/.*\/materialize-version\.json$/],
    ['the list of written files', /^lake\/runs\/.*\/written-sft\.json$/],
    ['the checks of the audit', /^lake\/runs\/.*\/checks\.json$/],
    ['the summary', /^reports\/.*\/summary\.json$/],
  ])('%s', async (_, pattern) => {
    const copy = copyOf();
    const [path = ''] = filesBelow(copy, pattern);
    flipByte(join(copy, path));
    const { code, result } = await verified(copy);
    expect(code).toBe(1);
    expect(result.first?.path).toBe(path);
    expect(result.faults.map((fault) => fault.path).filter((other) => other !== path)).toEqual([]);
  });

  test('and so is one in the white space of a receipt, which no digest covers', async () => {
    const copy = copyOf();
    const path = join(copy, 'lake', 'runs', harbor.runId, 'export-receipt.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('\n  "stage"', '\n\t "stage"'));
    expect((await verified(copy)).result.first).toMatchObject({ link: 'receipt', stage: 'export', found: 'another spelling of it' });
  });
});

describe('what is gone or was made up', () => {
  test('an exported file that is gone', async () => {
    const copy = copyOf();
    rmSync(join(copy, 'exports', harbor.runId, 'sft', 'instruction_response.jsonl'));
    const { code, result } = await verified(copy);
    expect(code).toBe(1);
    expect(result.first).toMatchObject({ link: 'export_file', stage: 'export', expected: 'a file', found: 'none' });
    const { out, code: told } = await verify(copy);
    expect(told).toBe(1);
    expect(out).toContain('1 link does not hold; the first is\n  export file of export, exports/');
    expect(out).toContain('to do     Do not use exports/');
  });

  test('a receipt in the middle, and one at the end', async () => {
    for (const stage of ['score', 'audit']) {
      const copy = copyOf();
      rmSync(join(copy, 'lake', 'runs', harbor.runId, `${stage}-receipt.json`));
      const { result } = await verified(copy);
      expect(result.first).toMatchObject({ link: 'receipt', stage, found: 'no file' });
    }
  });

  test('a receipt that was changed in both places breaks the link of the one after it', async () => {
    const copy = copyOf();
    for (const path of [`lake/runs/${harbor.runId}/score-receipt.json`, `reports/${harbor.runId}/receipts/score.json`]) {
      writeFileSync(join(copy, path), readFileSync(join(copy, path), 'utf8').replace('"accepted": 1', '"accepted": 2'));
    }
    const { result } = await verified(copy);
    expect(result.first).toMatchObject({ link: 'receipt', stage: 'export', path: `lake/runs/${harbor.runId}/export-receipt.json` });
  });

  test('a receipt that leads out of the workspace is not followed', async () => {
    const copy = copyOf();
    for (const path of [`lake/runs/${harbor.runId}/export-receipt.json`, `reports/${harbor.runId}/receipts/export.json`]) {
      writeFileSync(join(copy, path), readFileSync(join(copy, path), 'utf8').replace(/"exports\/[^"]*sft[^"]*jsonl"/, '"../secret.csv"'));
    }
    const { code, result } = await verified(copy);
    expect(code).toBe(1);
    expect(result.faults).toContainEqual(expect.objectContaining({ path: '../secret.csv', found: 'a path that leads out of it' }));
  });

  test('no such run, no run at all, and a run that has not come to a receipt', async () => {
    expect((await verify(harbor.workspace, '--run-id', 'nope')).code).toBe(2);
    await runCli(['init', '--workspace', 'fresh'], harbor.root);
    expect((await verify('fresh')).code).toBe(2);
  });
});

test('a run that stopped early is verified as far as it came', async () => {
  const workspace = join(harbor.root, 'early');
  await refine(workspace, ['desk.jsonl'], harbor.root, { until: 'score' });
  const { code, result } = await verified(workspace);
  expect({ code, holds: result.holds, rows: result.checked.rows }).toEqual({ code: 0, holds: true, rows: 10 });
});
