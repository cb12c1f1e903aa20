import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryLake, type QueryRequest } from '../../../adapters/lake/query.ts';
import { VIEW_NAMES } from '../../../adapters/lake/views.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import { ask as askLake, makeHarborWorkspace, QUERY_LIMITS, type HarborWorkspace } from '../../support/harbor-workspace.ts';
import { refine } from '../../support/refine.ts';

let harbor: HarborWorkspace;
let workspace: string;
let root: string;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
  ({ workspace, root } = harbor);
});
afterAll(() => harbor.clear());

const ask = (sql: string, more: Partial<QueryRequest> = {}) => askLake(more.workspace ?? workspace, sql, more);

describe('the views show the current version', () => {
  test('one source with its account: six lines, one cut in the middle, one there twice', async () => {
    expect(await ask('SELECT name, adapter, files, records, evidence, quarantined FROM sources')).toEqual([
      { name: 'desk', adapter: 'openai-chat', files: 1, records: 6, evidence: 4, quarantined: 2 },
    ]);
  });

  test('evidence and scored leave out the exact duplicate', async () => {
    expect(await ask('SELECT count(*) AS rows FROM evidence')).toEqual([{ rows: 4 }]);
    expect(await ask('SELECT category, count(*) AS rows FROM scored GROUP BY category ORDER BY category')).toEqual([
      { category: 'accepted', rows: 1 },
      { category: 'needs_human_review', rows: 1 },
      { category: 'partially_accepted', rows: 1 },
      { category: 'rejected', rows: 1 },
    ]);
  });

  test('scored carries what leads back to the source', async () => {
    const [row] = await ask("SELECT * FROM scored WHERE task_key = 'openai-chat/gulls'");
    expect(row).toMatchObject({
      source: 'desk',
      source_file: 'desk.jsonl',
      line_offset: 3,
      pointer: null,
      category: 'needs_human_review',
      rule: 'nothing_known',
      model: 'quay-1',
      day: '2026-03-02',
    });
    expect(row!.evidence_id).toMatch(/^[0-9a-f]{64}$/);
    expect(row!.sig_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(row).not.toHaveProperty('place');
  });

  test('the exported sets and the quarantine are those of the run', async () => {
    expect(await ask('SELECT id, warning FROM rag ORDER BY warning')).toMatchObject([{ warning: false }, { warning: true }]);
    expect(await ask('SELECT quality_score, messages[2].content AS asked FROM sft')).toEqual([
      { quality_score: 'accepted', asked: 'Which berth is free for the ferry tonight?' },
    ]);
    expect(await ask('SELECT chosen[1].content AS chosen, rejected[1].content AS rejected FROM preference')).toEqual([
      { chosen: 'Berth 7 is free from 20:00 on.', rejected: 'No berth is free.' },
    ]);
    expect(
      await ask(`SELECT reason, count(*) AS rows FROM quarantine WHERE "set" = 'materialize' GROUP BY reason ORDER BY reason`),
    ).toEqual([
      { reason: 'broken_json', rows: 1 },
      { reason: 'exact_duplicate', rows: 1 },
    ]);
  });

  test('receipts are those of all runs, stage by stage', async () => {
    expect(await ask('SELECT stage, rows_in, rows_out, passed FROM receipts WHERE previous IS NULL')).toEqual([
      { stage: 'materialize', rows_in: 6, rows_out: 4, passed: true },
    ]);
    expect(await ask('SELECT count(DISTINCT digest) AS stages FROM receipts')).toEqual([{ stages: 5 }]);
  });

  test('baselines and replays are read when they are there', async () => {
    const copy = join(root, 'with-ledger');
    mkdirSync(join(copy, 'ledger'), { recursive: true });
    writeFileSync(join(copy, 'ledger', 'audit-baselines.jsonl'), '{"run_id":"r-1","metrics":{"p4_sft_rows":84},"note":"first"}\n');
    writeFileSync(join(copy, 'ledger', 'replay_runs.jsonl'), '{"task":"Who feeds the gulls?","gate":{"passed":true,"reasons":[]}}\n');
    expect(await ask("SELECT run_id, p4_sft_rows, row->>'note' AS note FROM baselines", { workspace: copy })).toEqual([
      { run_id: 'r-1', p4_sft_rows: 84, note: 'first' },
    ]);
    expect(await ask('SELECT task, gate_passed FROM replays', { workspace: copy })).toEqual([
      { task: 'Who feeds the gulls?', gate_passed: true },
    ]);
  });

  test('a run can be named; one that stopped early has only what it made', async () => {
    const other = await refine(workspace, ['desk.jsonl'], root, { until: 'materialize', now: '2026-03-01T00:00:00Z' });
    const named = { runId: other.run_id };
    expect(await ask('SELECT (SELECT count(*) FROM evidence) AS evidence, (SELECT count(*) FROM scored) AS scored', named)).toEqual([
      { evidence: 4, scored: 0 },
    ]);
    expect(await ask('SELECT stage FROM receipts', named)).toEqual([{ stage: 'materialize' }]);
    expect(await ask('SELECT DISTINCT run_id FROM sources')).toEqual([{ run_id: harbor.runId }]);
  });

  test('an exported file that is gone is told of, not passed over', async () => {
    const copy = join(root, 'without-exports');
    await refine(copy, ['desk.jsonl'], root);
    rmSync(join(copy, 'exports'), { recursive: true });
    await queryLake({ workspace: copy, sql: 'SELECT * FROM rag', limits: QUERY_LIMITS }, ({ views }) => {
      expect(views.missing.length).toBeGreaterThan(0);
      return Promise.resolve();
    });
    expect(await ask('SELECT count(*) AS rows FROM rag', { workspace: copy })).toEqual([{ rows: 0 }]);
  });

  test('a manifest that leads out of the lake is refused', async () => {
    const copy = join(root, 'misled');
    await refine(copy, ['desk.jsonl'], root);
    const head = JSON.parse(readFileSync(join(copy, 'lake/heads/scored.json'), 'utf8')) as { manifest: string };
    const path = join(copy, 'lake/manifests/scored', `${head.manifest}.json`);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"path": "[^"]+"/, '"path": "../../secret.csv"'));
    await expect(ask('SELECT 1', { workspace: copy })).rejects.toThrow(LakeCorruptError);
  });
});

describe('before the first run', () => {
  test.each(VIEW_NAMES)('%s exists, has columns and no rows', async (name) => {
    const empty = mkdtempSync(join(root, 'empty-'));
    await queryLake({ workspace: empty, sql: `SELECT * FROM ${name}`, limits: QUERY_LIMITS }, async ({ columns, batches, views }) => {
      expect(views.runId).toBeNull();
      expect(columns.length).toBeGreaterThan(4);
      for await (const batch of batches) expect([...batch]).toEqual([]);
    });
  });

  test('columns have the names and types that they have after it', async () => {
    const empty = mkdtempSync(join(root, 'empty-'));
    for (const name of VIEW_NAMES) {
      const shape = `SELECT column_name, column_type FROM (DESCRIBE ${name})`;
      expect(await ask(shape, { workspace: empty }), name).toEqual(await ask(shape));
    }
  });
});
