import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../activities/audit.ts';
import { runSummarySchema } from '../../schemas/run-summary.ts';
import { stageReceiptSchema } from '../../schemas/stage-receipt.ts';
import { STAGES } from '../../schemas/vocabulary.ts';
import { exportedRows, exportedText } from './exported-files.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';
import { ATTEMPT, copyTestRun, doStages, makeTestRun, OUTPUT_SETS, type TestRun } from './test-run.ts';
import { HARBOUR } from './traces.ts';

const SFT = 'sft/instruction_response.jsonl';
const RAG = 'rag/playbooks.jsonl';
const PREFERENCE = 'preference/chosen_rejected.jsonl';

let done: TestRun;
beforeAll(async () => {
  done = makeTestRun({ traces: HARBOUR, root: makeFolder() });
  await doStages(done, 'receipts');
});
afterAll(() => removeFolder(done.root));

/** A run up to its audit, with something done to its files before that. */
async function audited(harm: (run: TestRun) => void = () => undefined): Promise<TestRun> {
  const run = copyTestRun(done);
  harm(run);
  for (const set of OUTPUT_SETS) await run.work.auditExportSet({ run: run.input, set }, ATTEMPT);
  await run.work.settleAudit({ run: run.input, shards: 0, shards_reused: 0, started_at: run.input.started_at }, ATTEMPT);
  return run;
}

function failedChecks({ ports, input }: TestRun): string[] {
  return ports.runs
    .read<Check[]>(input.run_id, 'checks')
    .filter(({ passed }) => !passed)
    .map(({ check }) => check);
}

function foundBy({ ports, input }: TestRun, name: string): string | undefined {
  return ports.runs.read<Check[]>(input.run_id, 'checks').find(({ check }) => check === name)?.found;
}

/** Rewrites a file that was exported. */
function rewrite(run: TestRun, name: string, edit: (text: string) => string): void {
  const before = exportedText(run, name);
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(run.ports.output.path(run.input.run_id, name), after);
}

/** Changes one row of a file. */
function editRow(run: TestRun, name: string, changes: Readonly<Record<string, unknown>>): void {
  const rows: object[] = exportedRows(run, name);
  rows[1] = { ...rows[1], ...changes };
  rewrite(run, name, () => rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

const FIREWALL = 'SFT firewall on the file as it lies on disk';
const FILES = 'files as they were written, rows as they must be';

describe('a run that nobody touched', () => {
  test('passes every check, and its receipts close the chain', async () => {
    const run = await audited();
    expect(failedChecks(run)).toEqual([]);
    const receipts = STAGES.map((stage) => stageReceiptSchema.parse(run.ports.runs.read(run.input.run_id, `${stage}-receipt`)));
    expect(receipts.every(({ validation }) => validation.passed)).toBe(true);
  });

  test('passes them again when the news that its last stages were done got lost', async () => {
    const run = await audited();
    const receiptOf = (stage: string): unknown => run.ports.runs.read(run.input.run_id, `${stage}-receipt`);
    const before = STAGES.map(receiptOf);
    const again = { run: run.input, shards: 0, shards_reused: 0, started_at: run.input.started_at };
    await run.work.writeReceipts(again, ATTEMPT);
    await run.work.settleAudit(again, ATTEMPT);
    expect(failedChecks(run)).toEqual([]);
    expect(STAGES.map(receiptOf)).toEqual(before);
  });

  test('is accepted, and is the latest export', async () => {
    const run = await audited();
    expect(await run.work.finishRun(run.input, ATTEMPT)).toMatchObject({ verdict: 'accepted' });
  });
});

describe('a tampered SFT file', () => {
  test.each<[string, (run: TestRun) => void, string]>([
    ['a rejected row', (run) => editRow(run, SFT, { quality_score: 'rejected' }), 'found "rejected"'],
    ['a row that waits for review', (run) => editRow(run, SFT, { quality_score: 'needs_human_review' }), 'found "needs_human_review"'],
    ['a partial row', (run) => editRow(run, SFT, { quality_score: 'partially_accepted' }), 'found partially_accepted'],
    ['a row without provenance', (run) => editRow(run, SFT, { provenance: undefined }), 'provenance: expected'],
    ['a row twice', (run) => rewrite(run, SFT, (text) => text + text.split('\n')[0]! + '\n'), 'again'],
    ['a line that is no JSON', (run) => rewrite(run, SFT, (text) => text.replace('{', '')), 'quality_score: expected'],
    ['a line that is no row', (run) => rewrite(run, SFT, (text) => `${text}[]\n`), 'quality_score: expected'],
  ])('with %s is found by the firewall, whatever its digest', async (_what, harm, detail) => {
    const run = await audited((written) => {
      harm(written);
      forgiveDigest(written);
    });
    expect(failedChecks(run)).toContain(FIREWALL);
    expect(foundBy(run, FIREWALL)).toContain(detail);
  });

  test('refuses the run, and is not the latest export', async () => {
    const run = await audited((written) => editRow(written, SFT, { quality_score: 'rejected' }));
    expect(await run.work.finishRun(run.input, ATTEMPT)).toMatchObject({ verdict: 'refused' });
    const summary = runSummarySchema.parse(JSON.parse(readReport(run, 'summary.json')));
    expect(summary.reasons.map(({ reason }) => reason)).toContain('firewall');
  });

  /** Lets the file pass for the one that was written, so that only its rows can give it away. */
  function forgiveDigest({ ports, input }: TestRun): void {
    const written = ports.runs.read<{ files: { name: string; sha256: string }[] }>(input.run_id, 'written-sft');
    const digest = ports.digests.sha256(exportedText({ ports, input } as TestRun, SFT));
    ports.runs.write(input.run_id, 'written-sft', {
      ...written,
      files: written.files.map((file) => (file.name === SFT ? { ...file, sha256: digest } : file)),
    });
  }
});

describe('any other file that was touched is found', () => {
  test.each([RAG, PREFERENCE, 'quarantine/materialize.jsonl', 'quarantine/sft.jsonl'])('one flipped byte in %s', async (name) => {
    const run = await audited((written) => rewrite(written, name, flipLetter));
    expect(failedChecks(run)).toContain(FILES);
    expect(foundBy(run, FILES)).toContain(`${name}: expected sha256`);
  });

  test('one flipped byte in the SFT file', async () => {
    const run = await audited((written) => rewrite(written, SFT, flipLetter));
    expect(failedChecks(run)).toContain(FIREWALL);
  });

  test.each([RAG, SFT, PREFERENCE, 'quarantine/rag.jsonl'])('%s is gone', async (name) => {
    const run = await audited(({ ports, input }) => rmSync(ports.output.path(input.run_id, name)));
    expect(failedChecks(run)).toContain(name === SFT ? FIREWALL : FILES);
    expect(foundBy(run, name === SFT ? FIREWALL : FILES)).toContain('found no file');
  });

  test('a row that was taken away is missing in the count', async () => {
    const run = await audited((written) => rewrite(written, RAG, (text) => text.slice(text.indexOf('\n') + 1)));
    expect(failedChecks(run)).toContain('rag rows on disk');
    expect(foundBy(run, 'rag rows on disk')).toBe('4');
  });

  test('a task on both sides of a split', async () => {
    const run = await audited((written) => {
      const rows = exportedRows(written, RAG);
      const again = rows.findIndex(({ task_key }, index) => rows.findIndex((row) => row.task_key === task_key) < index);
      rows[again] = { ...rows[again]!, split: rows[again]!.split === 'test' ? 'train' : 'test' };
      rewrite(written, RAG, () => rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    });
    expect(failedChecks(run)).toContain('no task on both sides of a split');
  });

  test.each<[string, object, string]>([
    ['a rejected playbook', { category: 'rejected' }, 'category: expected'],
    ['a warning taken off', { category: 'partially_accepted', warning: false }, 'warning: expected'],
    ['a playbook of nowhere', { provenance: null }, 'provenance: expected'],
  ])('%s', async (_what, changes, detail) => {
    const run = await audited((written) => editRow(written, RAG, changes as Record<string, unknown>));
    expect(failedChecks(run)).toContain(FILES);
    const findings = run.ports.runs.read<{ findings: string[] }>(run.input.run_id, 'audited-rag').findings;
    expect(findings.some((finding) => finding.includes(`line 2: ${detail}`))).toBe(true);
  });

  test.each<[string, (row: Readonly<Record<string, unknown>>) => object, string]>([
    ['a pair of one record', (row) => ({ rejected_id: row.chosen_id }), 'the same record'],
    ['a pair of one text', (row) => ({ rejected: row.chosen }), 'the same text'],
    ['a pair without a margin', () => ({ margin: 0 }), 'margin: expected more than 0'],
    ['a pair of nowhere', () => ({ provenance: {} }), 'provenance: expected it of both records'],
  ])('%s', async (_what, changesOf, detail) => {
    const run = await audited((written) =>
      editRow(written, PREFERENCE, changesOf(exportedRows(written, PREFERENCE)[1]!) as Record<string, unknown>),
    );
    expect(run.ports.runs.read<{ findings: string[] }>(run.input.run_id, 'audited-preference').findings.join()).toContain(detail);
  });
});

test('a receipt that was edited breaks the chain', async () => {
  const run = await audited(({ ports, input }) => {
    const receipt = stageReceiptSchema.parse(ports.runs.read(input.run_id, 'score-receipt'));
    ports.runs.write(input.run_id, 'score-receipt', { ...receipt, counts: { ...receipt.counts, out: 7 } });
  });
  expect(failedChecks(run)).toContain('the chain of receipts closes');
  expect(foundBy(run, 'the chain of receipts closes')).toBe('a break at export');
});

function flipLetter(text: string): string {
  const at = text.indexOf('"reason"') > 0 ? text.indexOf('"reason"') - 2 : text.indexOf('"id":"') + 7;
  return text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
}

function readReport({ ports, input }: TestRun, name: string): string {
  return readFileSync(join(ports.output.reportsPath(input.run_id), name), 'utf8');
}
