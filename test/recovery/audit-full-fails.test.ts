import { copyFileSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AUDIT_CHECKS } from '../../domain/audit/index.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { audit, editParquet, editText, failedChecks, fileIn, PASSED } from '../support/full-audit.ts';
import { removeFolder } from '../support/temporary-folder.ts';
import { digestsOf } from '../support/workspace-facts.ts';
import { auditFull, copyRefinery, makeRefinery, runAll, type Refinery } from './refinery.ts';

// Each rehearsal runs the refinery several times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const sound = makeRefinery();
let first: RunSummary;
beforeAll(async () => {
  first = await runAll(sound);
});
afterAll(() => removeFolder(sound.root));

/** A fault that a check finds, and what mends it; `lauter distill run-all` alone unless stated. */
interface Case {
  readonly check: number;
  readonly fault: string;
  harm(refinery: Refinery): Promise<void> | void;
  mend?(refinery: Refinery): Promise<unknown> | void;
  /** The traces are touched, so the run must have read the copy of them. */
  readonly ofTraces?: true;
}

const EVIDENCE = /^lake\/evidence\/.*\.parquet$/;
const SCORED = /^lake\/scored\/.*\.parquet$/;
const parquet =
  (pattern: RegExp, sql: string) =>
  ({ workspace }: Refinery) =>
    editParquet(fileIn(workspace, pattern), sql);
const rows =
  (file: string, change: (text: string) => string) =>
  ({ workspace }: Refinery) =>
    editText(fileIn(workspace, new RegExp(`^exports/[^/]*/${file}\\.jsonl$`)), change);
const rename =
  (from: string, to: string) =>
  ({ root }: Refinery) =>
    renameSync(join(root, from), join(root, to));
const tell =
  (from: string, to: string) =>
  ({ traces }: Refinery) =>
    editText(traces, (text) => text.replaceAll(from, to));

const CASES: readonly Case[] = [
  {
    check: 1,
    fault: 'a source is gone',
    harm: rename('desk.jsonl', 'desk-of-may.jsonl'),
    mend: rename('desk-of-may.jsonl', 'desk.jsonl'),
    ofTraces: true,
  },
  { check: 3, fault: 'a row of the evidence is gone', harm: parquet(EVIDENCE, "SELECT * FROM rows WHERE task_key NOT LIKE '%gulls%'") },
  { check: 4, fault: 'a source was changed', harm: tell('Berth 7', 'Berth 8'), mend: tell('Berth 8', 'Berth 7'), ofTraces: true },
  {
    check: 5,
    fault: 'two rows have one id',
    harm: parquet(EVIDENCE, "SELECT * FROM rows UNION ALL SELECT * FROM rows WHERE task_key LIKE '%gulls%'"),
  },
  { check: 6, fault: 'a score is gone', harm: parquet(SCORED, "SELECT * FROM rows WHERE task_key NOT LIKE '%gulls%'") },
  { check: 7, fault: 'scores are of other rules', harm: parquet(SCORED, "SELECT * REPLACE ('score/0' AS scorer_version) FROM rows") },
  { check: 8, fault: 'a score says something else', harm: parquet(SCORED, "SELECT * REPLACE ('accepted' AS category) FROM rows") },
  {
    check: 9,
    fault: 'a forbidden row stands in SFT',
    harm: rows('sft/instruction_response', (text) => text.replace('"accepted"', '"rejected"')),
  },
  {
    check: 10,
    fault: 'a pair has no margin',
    harm: rows('preference/chosen_rejected', (text) => text.replace('"margin":1', '"margin":0')),
  },
  {
    check: 11,
    fault: 'a warning is gone from RAG',
    harm: rows('rag/playbooks', (text) => text.replace('"warning":true', '"warning":false')),
  },
  { check: 12, fault: 'a refusal is gone', harm: rows('quarantine/sft', (text) => text.slice(text.indexOf('\n') + 1)) },
  {
    check: 13,
    fault: 'a row was moved to another side',
    harm: rows('rag/playbooks', (text) =>
      text.replace(/"split":"\w+"/, (split) => (split.includes('test') ? '"split":"train"' : '"split":"test"')),
    ),
  },
  {
    check: 14,
    fault: 'a receipt was edited',
    harm: ({ workspace }) => editText(fileIn(workspace, /score-receipt\.json$/), (text) => text.replace('"in": 4', '"in": 5')),
  },
  {
    check: 16,
    fault: 'the end of a ledger was cut off',
    harm: async (refinery) => {
      await auditFull(refinery);
      for (const file of LEDGER) copyFileSync(join(refinery.workspace, 'ledger', file), join(refinery.root, file));
      editText(join(refinery.workspace, 'ledger', LEDGER[0]), () => '');
    },
    mend: ({ root, workspace }) => LEDGER.forEach((file) => copyFileSync(join(root, file), join(workspace, 'ledger', file))),
  },
];

const LEDGER = ['audit-baselines.jsonl', 'audit-baselines.head.json'] as const;

describe('audit-full fails', () => {
  test.each(CASES.map((one) => [one.check, one.fault, one] as const))('check %i, %s: named, mended, passed', async (check, _, one) => {
    const refinery = copyRefinery(sound);
    if (one.ofTraces) await runAll(refinery);
    await one.harm(refinery);
    const shown = await auditFull(refinery);
    expect(shown.code).toBe(1);
    expect(failedChecks(shown.report)).toContain(check);
    if (one.mend === undefined) expect(digestsOf(await runAll(refinery))).toEqual(digestsOf(first));
    else await one.mend(refinery);
    const mended = await auditFull(refinery);
    expect(failedChecks(mended.report)).toEqual([]);
    expect(mended.code).toBe(0);
  });

  test('check 2, a program whose schemas let through what they must not: named; with the program as it was, passed', async () => {
    const lenient = { name: 'sft-row', schema: { safeParse: () => ({ success: true }) }, accepts: [], rejects: { 'a rejected row': {} } };
    const { workspace } = copyRefinery(sound);
    expect(failedChecks(await audit(workspace, { fixtures: [lenient as never] }))).toEqual([2]);
    expect(failedChecks(await audit(workspace))).toEqual([]);
  });

  test('every check has a rehearsal', () => {
    // Check 15 is rehearsed where acceptance fails.
    expect([...new Set([...CASES.map(({ check }) => check), 2, 15])].sort((one, other) => one - other)).toEqual(
      AUDIT_CHECKS.map(({ number }) => number),
    );
  });
});

const FAILED = {
  passed: 21,
  total: 22,
  invariants: [
    { number: 8, name: 'nothing accepted without positive truth', passed: false, expected: '0 records', found: '3 records', where: [] },
  ],
};

test('Acceptance fails while the rest of audit-full passes: the program is at fault, and the data on disk is not', async () => {
  const refinery = copyRefinery(sound);
  const { code, report } = await auditFull(refinery, FAILED);
  expect(code).toBe(1);
  expect(failedChecks(report)).toEqual([15]);
  expect(report.checks[14]!.findings[0]).toMatchObject({ where: 'invariant 8, nothing accepted without positive truth' });
  // Another program on the same data.
  expect((await auditFull(refinery, PASSED)).code).toBe(0);
});

test('audit-full fails while acceptance passes: the data on disk is at fault, and a new run is sound', async () => {
  const refinery = copyRefinery(sound);
  const path = fileIn(refinery.workspace, /^exports\/[^/]*\/sft\/instruction_response\.jsonl$/);
  editText(path, (text) => `${text}${text}`);
  const { report } = await auditFull(refinery, PASSED);
  expect(failedChecks(report)).toEqual(expect.arrayContaining([9, 14]));
  expect(failedChecks(report)).not.toContain(15);
  rmSync(path);
  expect((await runAll(refinery)).verdict).toBe('accepted');
  expect((await auditFull(refinery, PASSED)).code).toBe(0);
  expect(
    readFileSync(fileIn(refinery.workspace, /^ledger\/audit-baselines\.jsonl$/), 'utf8')
      .trimEnd()
      .split('\n'),
  ).toHaveLength(2);
});
