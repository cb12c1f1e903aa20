import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditCheck } from '../../../schemas/audit-report.ts';
import { audit, copyWorkspace, editParquet, editText, failedChecks, fileIn } from '../../support/full-audit.ts';
import { makeHarborWorkspace, type HarborWorkspace } from '../../support/harbor-workspace.ts';

let harbor: HarborWorkspace;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
});
afterAll(() => harbor.clear());

const exported = (set: string) => new RegExp(`^exports/[^/]*/${set}\\.jsonl$`);
const EVIDENCE = /^lake\/evidence\/.*\.parquet$/;
const SCORED = /^lake\/scored\/.*\.parquet$/;

/** Changes the first row of a file of JSON lines. */
const firstRow =
  (change: (row: Record<string, unknown>) => object) =>
  (text: string): string => {
    const [first = '', ...rest] = text.split('\n');
    return [JSON.stringify(change(JSON.parse(first) as Record<string, unknown>)), ...rest].join('\n');
  };

interface Plant {
  readonly check: number;
  readonly fault: string;
  plant(workspace: string): Promise<void> | void;
  /** Other checks that have to see it, too; 14 sees every file that was changed, unless no digest covers it. */
  readonly also?: readonly number[];
  readonly isUncovered?: true;
  readonly finding: Partial<Record<'where' | 'expected' | 'found', unknown>>;
}

const text = (pattern: RegExp, change: (text: string) => string) => (workspace: string) => editText(fileIn(workspace, pattern), change);
const parquet = (pattern: RegExp, sql: string) => (workspace: string) => editParquet(fileIn(workspace, pattern), sql);

const PLANTS: readonly Plant[] = [
  {
    check: 3,
    fault: 'a file of which the run counts one row more',
    plant: text(/materialize-version\.json$/, (json) =>
      json.replace('"evidence": 4,\n        "quarantined": 2', '"evidence": 5,\n        "quarantined": 2'),
    ),
    isUncovered: true,
    finding: { expected: '6 records', found: '7 records' },
  },
  {
    check: 4,
    fault: 'a stored signature that is not that of the source',
    plant: parquet(
      EVIDENCE,
      `SELECT * REPLACE (CASE WHEN task_key LIKE '%gulls%' THEN repeat('0', 64) ELSE sig_hash END AS sig_hash) FROM rows`,
    ),
    finding: { where: expect.stringContaining('desk.jsonl, line 4'), found: `sig_hash ${'0'.repeat(64)}, as the source signs` },
  },
  {
    check: 4,
    fault: 'a row that claims another line of its source',
    plant: parquet(
      EVIDENCE,
      `SELECT * REPLACE (CASE WHEN task_key LIKE '%gulls%' THEN '{"line":2}' ELSE locator END AS locator) FROM rows`,
    ),
    finding: { found: 'another one; the record stands in another place' },
  },
  {
    check: 5,
    fault: 'two rows with one id',
    plant: parquet(
      EVIDENCE,
      `SELECT * REPLACE (CASE WHEN task_key LIKE '%gulls%' THEN (SELECT id FROM rows WHERE task_key LIKE '%tides%') ELSE id END AS id) FROM rows`,
    ),
    // The id it had is known to its score and to the quarantines, but leads nowhere; the one it has now stands for two records.
    also: [4, 6, 11, 12],
    finding: { expected: 'once', found: '2 times' },
  },
  {
    check: 6,
    fault: 'a scored run that is gone',
    plant: parquet(SCORED, `SELECT * FROM rows WHERE task_key NOT LIKE '%gulls%'`),
    also: [7],
    finding: { expected: 'one scored run', found: '0' },
  },
  {
    check: 7,
    fault: 'a rule that is none',
    plant: parquet(SCORED, `SELECT * REPLACE ('mood' AS rule) FROM rows`),
    also: [8],
    finding: { expected: 'a rule of the table', found: 'mood' },
  },
  {
    check: 7,
    fault: 'scores of another version of the rules',
    plant: parquet(SCORED, `SELECT * REPLACE ('score/0' AS scorer_version) FROM rows`),
    finding: { found: 'score/0' },
  },
  {
    check: 8,
    fault: 'a rejected record that is stored as accepted',
    plant: parquet(SCORED, `SELECT * REPLACE (CASE category WHEN 'rejected' THEN 'accepted' ELSE category END AS category) FROM rows`),
    // One more accepted than the run counts, and the pair no longer holds.
    also: [7, 10],
    finding: { expected: expect.stringMatching(/^rejected, by human/), found: expect.stringMatching(/^accepted, by human/) },
  },
  {
    check: 9,
    fault: 'a forbidden word in the SFT file',
    plant: text(
      exported('sft/instruction_response'),
      firstRow((row) => ({ ...row, quality_score: 'rejected' })),
    ),
    finding: { where: expect.stringMatching(/instruction_response\.jsonl:1$/), found: expect.stringContaining('found "rejected"') },
  },
  {
    check: 9,
    fault: 'an SFT row with a field that no schema knows',
    plant: text(
      exported('sft/instruction_response'),
      firstRow((row) => ({ ...row, weight: 2 })),
    ),
    finding: { expected: 'a row of the schema', found: expect.stringContaining('weight') },
  },
  {
    check: 9,
    fault: 'an SFT row whose conversation ends with a question',
    plant: text(
      exported('sft/instruction_response'),
      firstRow((row) => ({ ...row, messages: [...(row.messages as object[]), { role: 'user', content: 'And tomorrow?' }] })),
    ),
    finding: { found: 'a user turn that nobody answered' },
  },
  {
    check: 9,
    fault: 'an SFT row of a record that was not accepted',
    plant: async (workspace) => {
      const { id } = JSON.parse((await rowOf(workspace, 'gulls')) ?? '{}') as { id: string };
      editText(
        fileIn(workspace, exported('sft/instruction_response')),
        firstRow((row) => ({ ...row, id })),
      );
    },
    also: [12],
    finding: { expected: 'category needs_human_review', found: 'category accepted' },
  },
  {
    check: 10,
    fault: 'a pair the wrong way round',
    plant: text(
      exported('preference/chosen_rejected'),
      firstRow((row) => ({ ...row, chosen: row.rejected, rejected: row.chosen, chosen_id: row.rejected_id, rejected_id: row.chosen_id })),
    ),
    finding: { expected: expect.stringMatching(/^id [0-9a-f]{64}$/) },
  },
  {
    check: 10,
    fault: 'a pair of one text',
    plant: text(
      exported('preference/chosen_rejected'),
      firstRow((row) => ({ ...row, rejected: row.chosen })),
    ),
    finding: { expected: 'two texts', found: 'one text twice' },
  },
  {
    check: 10,
    fault: 'a pair that says it is of another task',
    plant: text(
      exported('preference/chosen_rejected'),
      firstRow((row) => ({ ...row, task_key: 'openai-chat/gulls' })),
    ),
    finding: { expected: 'chosen of task openai-chat/gulls', found: 'chosen of task openai-chat/berth-7' },
  },
  {
    check: 11,
    fault: 'a partially accepted playbook without its warning',
    plant: text(exported('rag/playbooks'), (lines) => lines.replace('"warning":true', '"warning":false')),
    finding: { expected: 'warning true, being partially_accepted', found: 'warning false, being partially_accepted' },
  },
  {
    check: 11,
    fault: 'a playbook that was copied',
    plant: text(exported('rag/playbooks'), (lines) => `${lines}${lines.split('\n')[0]}\n`),
    also: [12],
    finding: { expected: 'once in the file', found: '2 times' },
  },
  {
    check: 11,
    fault: 'a line that is no JSON',
    plant: text(exported('rag/playbooks'), (lines) => `${lines}not a row\n`),
    // Whoever cannot read a row cannot tell its split.
    also: [13],
    finding: { where: expect.stringMatching(/playbooks\.jsonl:3$/), expected: 'a row of the schema' },
  },
  {
    check: 12,
    fault: 'a quarantined row that is gone',
    plant: text(exported('quarantine/sft'), (lines) => lines.slice(lines.indexOf('\n') + 1)),
    finding: { where: expect.stringMatching(/quarantine\/sft\.jsonl$/) },
  },
  {
    check: 12,
    fault: 'a quarantined row with a reason outside the list',
    plant: text(
      exported('quarantine/rag'),
      firstRow((row) => ({ ...row, reason: 'boredom' })),
    ),
    finding: { expected: 'a row of the schema' },
  },
  {
    check: 13,
    fault: 'a row on another side of the split',
    plant: text(
      exported('rag/playbooks'),
      firstRow((row) => ({ ...row, split: row.split === 'test' ? 'train' : 'test' })),
    ),
    finding: { expected: expect.stringMatching(/as where its task stands before|^(train|validation|test)$/) },
  },
  {
    check: 14,
    fault: 'a receipt that was changed',
    plant: text(/^lake\/runs\/.*\/score-receipt\.json$/, (json) => json.replace('"in": 4', '"in": 5')),
    finding: { where: expect.stringContaining('score-receipt.json') },
  },
  {
    check: 14,
    fault: 'a run without its summary',
    plant: (workspace) => rmSync(fileIn(workspace, /^reports\/.*\/summary\.json$/)),
    finding: { found: 'no file' },
  },
];

/** An evidence row of the harbor desk, by its task. */
async function rowOf(workspace: string, task: string): Promise<string | undefined> {
  const { ask } = await import('../../support/harbor-workspace.ts');
  const [row] = await ask(workspace, `SELECT to_json({id: evidence_id}) AS row FROM scored WHERE task_key LIKE '%${task}%'`);
  return row?.row as string | undefined;
}

test('a workspace as it was written: sixteen of sixteen', async () => {
  const report = await audit(copyWorkspace(harbor.root, harbor.workspace));
  expect(failedChecks(report)).toEqual([]);
  expect({ verdict: report.verdict, passed: report.passed, run: report.run_id }).toEqual({
    verdict: 'accepted',
    passed: 16,
    run: harbor.runId,
  });
  // By hand, of six lines: four records, one repeated and one cut; in RAG the accepted and the partly accepted, in SFT the accepted, one pair.
  // Out of RAG stay two, out of SFT three, out of the pairs two.
  expect(report.metrics).toEqual({
    p2_evidence_rows: 4,
    p2_quarantined: 2,
    p3_accepted: 1,
    p3_partially_accepted: 1,
    p3_rejected: 1,
    p3_needs_human_review: 1,
    p4_rag_rows: 2,
    p4_sft_rows: 1,
    p4_preference_pairs: 1,
    p4_total_quarantined: 7,
  });
});

describe('a fault that is planted on disk is found by its check, which says what to do', () => {
  test.each(PLANTS.map((plant) => [plant.check, plant.fault, plant] as const))(
    '%i: %s',
    async (number, _fault, { plant, also = [], isUncovered, finding }) => {
      const copy = copyWorkspace(harbor.root, harbor.workspace);
      await plant(copy);
      const report = await audit(copy);
      expect(failedChecks(report)).toEqual([...new Set([number, ...also, ...(isUncovered ? [] : [14])])].sort((one, other) => one - other));
      const check = report.checks[number - 1] as AuditCheck;
      expect(check.findings).toContainEqual(expect.objectContaining(finding));
      expect(check.remedy).toMatch(/`lauter [a-z-]+/);
      expect(report.verdict).toBe('refused');
    },
  );
});

test('documents of the run that are gone are findings, not a crash', async () => {
  const copy = copyWorkspace(harbor.root, harbor.workspace);
  rmSync(join(copy, 'lake', 'runs', harbor.runId, 'plan.json'));
  rmSync(fileIn(copy, exported('rag/playbooks')));
  const report = await audit(copy);
  expect(failedChecks(report)).toEqual([1, 3, 4, 11, 12, 13, 14]);
  expect(report.checks[0]!.findings[0]!.found).toContain('plan.json: expected what the run left there, found no file');
  // What cannot be counted is not zero.
  expect(report.metrics).toMatchObject({ p2_evidence_rows: null, p3_accepted: 1, p4_rag_rows: null });
});
