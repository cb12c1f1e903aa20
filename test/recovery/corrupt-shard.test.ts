import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { fileIn } from '../support/full-audit.ts';
import { removeFolder } from '../support/temporary-folder.ts';
import { digestsOf } from '../support/workspace-facts.ts';
import { copyRefinery, doctorOn, lauter, makeRefinery, runAll, type Refinery } from './refinery.ts';

// Each rehearsal runs the refinery several times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const sound = makeRefinery();
let first: RunSummary;
beforeAll(async () => {
  first = await runAll(sound);
});
afterAll(() => removeFolder(sound.root));

/** Changes one bit in the middle of a file, so that its size stays. */
function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
}

/** All is as before the damage: the lake, the data of a new run, and the receipts of the old one, whose files were made anew. */
async function expectHealth(refinery: Refinery): Promise<void> {
  const again = await runAll(refinery);
  expect(again.verdict).toBe('accepted');
  expect(digestsOf(again)).toEqual(digestsOf(first));
  expect(again.drift.severity).toBe('ok');
  expect((await doctorOn(refinery, 'lake')).status).toBe('ok');
  for (const { run_id } of [first, again]) {
    const { code, out } = await lauter(refinery, 'distill', 'receipts', '--verify', '--run-id', run_id);
    expect(code, out).toBe(0);
  }
}

describe('A shard is corrupt', () => {
  test.each([
    ['evidence', /^lake\/evidence\/.*\.parquet$/],
    ['scores', /^lake\/scored\/.*\.parquet$/],
    ['candidates', /^lake\/candidates\/.*\.parquet$/],
    ['texts', /^lake\/rag_texts\/.*\.jsonl$/],
    ['decisions', /^lake\/decisions\/.*\.parquet$/],
    ['pairs', /^lake\/pairs\/.*\.parquet$/],
    ['the list of duplicates', /^lake\/excluded\/.*\.parquet$/],
  ])('one flipped byte in %s: the doctor names the file; removed, it is made anew', async (_, pattern) => {
    const refinery = copyRefinery(sound);
    const path = fileIn(refinery.workspace, pattern);
    flipByte(path);
    const shown = await doctorOn(refinery, 'lake');
    expect(shown).toMatchObject({ status: 'fail', message: expect.stringContaining(relative(refinery.workspace, path)) });
    expect(shown.remedy).toContain(`rm -f ${path} && lauter distill run-all`);
    rmSync(path);
    await expectHealth(refinery);
  });

  test('records that were refused: what was read beside them is removed, too', async () => {
    const refinery = copyRefinery(sound);
    const path = fileIn(refinery.workspace, /^lake\/refused\/.*\.parquet$/);
    flipByte(path);
    expect((await doctorOn(refinery, 'lake')).message).toContain(relative(refinery.workspace, path));
    rmSync(path);
    rmSync(join(refinery.workspace, 'lake', 'entries'), { recursive: true });
    await expectHealth(refinery);
  });

  test('an entry that cannot be read: the doctor names it, run-all stops at it, removed it is made anew', async () => {
    const refinery = copyRefinery(sound);
    const path = fileIn(refinery.workspace, /^lake\/entries\/decisions\/.*\.json$/);
    truncateSync(path, 40);
    expect((await doctorOn(refinery, 'lake')).message).toContain(relative(refinery.workspace, path));
    await expect(runAll(refinery)).rejects.toMatchObject({ name: 'LakeCorruptError', remedy: expect.stringContaining(`Remove ${path}`) });
    rmSync(path);
    await expectHealth(refinery);
  });

  test.each([
    ['cut', (path: string) => truncateSync(path, statSync(path).size - 5)],
    ['gone', (path: string) => rmSync(path)],
  ])('a file that is %s: the doctor names it, and run-all alone makes it anew', async (_, harm) => {
    const refinery = copyRefinery(sound);
    const path = fileIn(refinery.workspace, /^lake\/scored\/.*\.parquet$/);
    harm(path);
    expect((await doctorOn(refinery, 'lake')).message).toContain(relative(refinery.workspace, path));
    await expectHealth(refinery);
  });

  test('run-all does not find a flipped byte by itself: doctor and receipts do', async () => {
    const refinery = copyRefinery(sound);
    const path = fileIn(refinery.workspace, /^lake\/evidence\/.*\.parquet$/);
    flipByte(path);
    const unaware = await runAll(refinery);
    expect(unaware.verdict).toBe('accepted');
    const { code, out } = await lauter(refinery, 'distill', 'receipts', '--verify');
    expect(code).toBe(1);
    expect(out).toContain(relative(refinery.workspace, path));
    rmSync(path);
    await expectHealth(refinery);
  });
});
