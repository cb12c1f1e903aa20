import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { releaseVerificationSchema, type ReleaseVerification } from '../../schemas/release-verification.ts';
import { freeze } from '../support/freeze.ts';
import { fileIn } from '../support/full-audit.ts';
import { makeHarborRepository, type HarborRepository } from '../support/harbor-repository.ts';
import { refine } from '../support/refine.ts';
import { runCli } from '../support/run-cli.ts';

// Each rehearsal runs the refinery several times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let office: HarborRepository;
beforeAll(async () => {
  office = await makeHarborRepository();
  expect((await freeze(office.root)).code).toBe(0);
}, 60_000);
afterAll(() => office?.clear());

const MANIFEST = 'refinery/reports/releases/1.0.0/release-manifest.json';

async function verified(root: string): Promise<{ code: number; result: ReleaseVerification }> {
  const { code, out } = await runCli(['release', 'verify', MANIFEST, '--workspace', 'refinery', '--json'], root, { env: process.env });
  return { code, result: releaseVerificationSchema.parse(JSON.parse(out)) };
}

function harm(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
}

describe('Restore to a frozen release', () => {
  test('a file of the lake: verify names it; removed, the sources give it back as it was frozen', async () => {
    const { root, workspace } = office.copy();
    const path = fileIn(workspace, /^lake\/evidence\/.*\.parquet$/);
    harm(path);
    const shown = await verified(root);
    expect(shown.code).toBe(1);
    expect(shown.result.first?.on).toBe(relative(workspace, path));
    rmSync(path);
    await refine(workspace, ['desk.jsonl'], root, { now: new Date().toISOString() });
    const mended = await verified(root);
    expect(mended.result.differences).toEqual([]);
    expect(mended.code).toBe(0);
  });

  test('an exported file: verify names it; a new run writes the same one, which is put in its place', async () => {
    const { root, workspace } = office.copy();
    const name = 'sft/instruction_response.jsonl';
    const path = join(workspace, 'exports', office.runId, name);
    harm(path);
    expect((await verified(root)).result.first?.on).toBe(relative(workspace, path));
    const again = await refine(workspace, ['desk.jsonl'], root, { now: new Date().toISOString() });
    copyFileSync(join(workspace, 'exports', again.run_id, name), path);
    expect((await verified(root)).code).toBe(0);
  });
});
