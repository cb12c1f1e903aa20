import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlainValue } from '../../../adapters/lake/plain-value.ts';
import { queryLake, saveQuery, type QueryRequest } from '../../../adapters/lake/query.ts';
import { VIEW_NAMES } from '../../../adapters/lake/views.ts';
import { LakeCorruptError, UsageError } from '../../../domain/shared/errors.ts';
import { HARBOR_TRACES } from '../../support/harbor-traces.ts';
import { refine } from '../../support/refine.ts';
import { filesBelow } from '../../support/workspace-facts.ts';

const LIMITS = { threads: 2, memoryMb: 512, timeoutMs: 20_000 };

let root: string;
let workspace: string;
let runId: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lauter-query-'));
  workspace = join(root, 'workspace');
  writeFileSync(join(root, 'desk.jsonl'), HARBOR_TRACES);
  writeFileSync(join(root, 'secret.csv'), 'code\nlighthouse\n');
  ({ run_id: runId } = await refine(workspace, ['desk.jsonl'], root));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function ask(sql: string, more: Partial<QueryRequest> = {}): Promise<Record<string, PlainValue>[]> {
  return queryLake({ workspace, sql, limits: LIMITS, ...more }, async ({ columns, batches }) => {
    const rows: Record<string, PlainValue>[] = [];
    for await (const batch of batches) {
      for (const row of batch) rows.push(Object.fromEntries(columns.map(({ name }, at) => [name, row[at]!])));
    }
    return rows;
  });
}

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
    expect(await ask('SELECT DISTINCT run_id FROM sources')).toEqual([{ run_id: runId }]);
  });

  test('an exported file that is gone is told of, not passed over', async () => {
    const copy = join(root, 'without-exports');
    await refine(copy, ['desk.jsonl'], root);
    rmSync(join(copy, 'exports'), { recursive: true });
    await queryLake({ workspace: copy, sql: 'SELECT * FROM rag', limits: LIMITS }, ({ views }) => {
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
    await queryLake({ workspace: empty, sql: `SELECT * FROM ${name}`, limits: LIMITS }, async ({ columns, batches, views }) => {
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

describe('a query reads and does nothing else', () => {
  test.each([
    'SELECT 1',
    '  -- how many?\n  SELECT count(*) FROM scored;',
    "WITH good AS (SELECT * FROM scored WHERE category = 'accepted') SELECT count(*) FROM good",
    'FROM scored LIMIT 1',
    'VALUES (1), (2)',
    'DESCRIBE scored',
    'SUMMARIZE SELECT day FROM scored',
    'SHOW TABLES',
    'EXPLAIN SELECT * FROM scored',
    'explain analyze SELECT count(*) FROM scored',
    "SELECT 'infinity'::DOUBLE, 1e400, 'NaN'::DOUBLE",
    "SELECT * FROM range(3), unnest([1, 2]), json_each('[1]')",
    "SELECT 'DROP TABLE scored; COPY' AS words",
    'PIVOT scored ON category IN (accepted) USING count(*) GROUP BY source',
  ])('allowed: %s', async (sql) => {
    expect((await ask(sql)).length).toBeGreaterThan(0);
  });

  const HOSTILE: readonly (readonly [sql: string, found: RegExp])[] = [
    // Other statements, also hidden ones.
    ['', /found nothing/],
    ['-- only a comment', /found "-- only/],
    ['SELECT 1; SELECT 2', /found 2 statements/],
    ["SELECT 1; COPY scored TO 'stolen.csv'", /./],
    ['CREATE TABLE mine AS SELECT 1', /found "CREATE/],
    ['CREATE OR REPLACE VIEW scored AS SELECT 1', /found "CREATE/],
    ['DROP VIEW scored', /found "DROP/],
    ['INSERT INTO scored VALUES (1)', /found "INSERT/],
    ['UPDATE scored SET category = 1', /found "UPDATE/],
    ['DELETE FROM scored', /found "DELETE/],
    ["COPY scored TO 'stolen.csv'", /found "COPY/],
    ["COPY (SELECT 1) TO '/dev/stdout'", /found "COPY/],
    ["EXPORT DATABASE 'stolen'", /found "EXPORT/],
    ["IMPORT DATABASE 'theirs'", /found "IMPORT/],
    ["ATTACH 'theirs.db'", /found "ATTACH/],
    ['DETACH memory', /found "DETACH/],
    ['INSTALL httpfs', /found "INSTALL/],
    ['LOAD httpfs', /found "LOAD/],
    ['SET enable_external_access=true', /found "SET/],
    ['RESET lock_configuration', /found "RESET/],
    ['PRAGMA enable_profiling', /found "PRAGMA/],
    ["CALL enable_logging('QueryLog')", /found "CALL/],
    ['CHECKPOINT', /found "CHECKPOINT/],
    ['BEGIN TRANSACTION', /found "BEGIN/],
    ['PREPARE later AS SELECT 1', /found "PREPARE/],
    ['EXECUTE later', /found "EXECUTE/],
    ["EXPLAIN ANALYZE COPY (SELECT 1) TO 'stolen.csv'", /found "COPY/],
    ["EXPLAIN (ANALYZE) COPY (SELECT 1) TO 'stolen.csv'", /./],
    ["EXPLAIN /* */ ANALYZE COPY (SELECT 1) TO 'stolen.csv'", /./],
    ["/**/EXPLAIN ANALYZE COPY (SELECT 1) TO 'stolen.csv'", /./],
    ['WITH gone AS (DELETE FROM scored RETURNING *) SELECT * FROM gone', /A CTE needs a SELECT/],
    // Functions that reach further than the views.
    ["SELECT * FROM read_csv('secret.csv')", /the table function read_csv/],
    ["SELECT * FROM Read_Text('/etc/passwd')", /the table function read_text/],
    ["SELECT * FROM system.main.read_blob('/etc/passwd')", /the table function read_blob/],
    ["SELECT * FROM glob('/**')", /the table function glob/],
    ["SELECT * FROM sniff_csv('secret.csv')", /the table function sniff_csv/],
    ["SELECT * FROM enable_logging(storage='file', storage_path='stolen')", /the table function enable_logging/],
    ["SELECT * FROM enable_profiling(save_location='stolen')", /the table function enable_profiling/],
    ['SELECT 1 WHERE EXISTS (FROM enable_logging())', /the table function enable_logging/],
    ["SELECT (SELECT count(*) FROM query('SELECT 1'))", /the table function query/],
    ["SUMMARIZE SELECT * FROM parquet_metadata('x.parquet')", /the table function parquet_metadata/],
    ["SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))", /the table function json_execute_serialized_sql/],
    ['SELECT * FROM duckdb_secrets()', /the table function duckdb_secrets/],
    ["SELECT getenv('HOME')", /getenv does not exist/],
    // Files by name, which DuckDB would otherwise read.
    ["SELECT * FROM 'secret.csv'", /./],
    ["SELECT * FROM '/etc/passwd.csv'", /./],
    ["SELECT * FROM 'https://example.com/rows.parquet'", /./],
    // Plain mistakes.
    ['SELEC 1', /syntax error at or near "SELEC"/],
    ['SELECT categorie FROM scored', /category/],
    ['SELECT * FROM scord', /scored/],
    ['SELECT ?', /parameters/],
    ["SELECT 'x'::INTEGER", /Conversion Error/],
  ];

  test.each(HOSTILE)('refused: %s', async (sql, found) => {
    const before = filesBelow(root).length;
    const refusal = await ask(sql).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as UsageError).message).toMatch(found);
    expect(filesBelow(root)).toHaveLength(before);
    expect(existsSync('stolen') || existsSync('stolen.csv')).toBe(false);
  });

  test.each(['secret.csv', 'workspace/../secret.csv', 'workspace/link.csv', 'workspace/workspace.json'])(
    'a file outside the views stays unread: %s',
    async (name) => {
      if (!existsSync(join(workspace, 'link.csv'))) symlinkSync(join(root, 'secret.csv'), join(workspace, 'link.csv'));
      await expect(ask(`SELECT * FROM '${join(root, name)}'`)).rejects.toThrow(/Permission Error|does not exist/);
      await expect(ask(`SELECT * FROM '${root}/${name}'`)).rejects.toThrow(/Permission Error|does not exist/);
    },
  );

  test('the fence can fail: a file behind a view can be named', async () => {
    const [part] = readdirSync(join(workspace, 'lake', 'scored', '2026', '03', '02'));
    const path = join(workspace, 'lake', 'scored', '2026', '03', '02', part!);
    // Five rows as stored: the view leaves out the duplicate among them.
    expect(await ask(`SELECT count(*) AS rows FROM '${path}'`)).toEqual([{ rows: 5 }]);
    copyFileSync(path, join(root, 'copied.parquet'));
    await expect(ask(`SELECT count(*) AS rows FROM '${join(root, 'copied.parquet')}'`)).rejects.toThrow('Permission Error');
  });
});

describe('limits', () => {
  const ENDLESS = 'SELECT count(*) FROM range(1000000000000) a, range(1000) b';

  test('time', async () => {
    await expect(ask(ENDLESS, { limits: { ...LIMITS, timeoutMs: 100 } })).rejects.toThrow('expected it to take at most 0.1 s');
  });

  test('memory', async () => {
    const sql = 'SELECT list(range) FROM range(100000000)';
    await expect(ask(sql, { limits: { ...LIMITS, memoryMb: 64 } })).rejects.toThrow('expected it to fit into 64 MB');
  });

  test('an interrupt ends a query, and one that has not begun', async () => {
    const interrupt = new AbortController();
    const asked = ask(ENDLESS, { signal: interrupt.signal });
    setTimeout(() => interrupt.abort(new Error('the harbor master calls')), 50);
    await expect(asked).rejects.toThrow('the harbor master calls');
    await expect(ask('SELECT 1', { signal: interrupt.signal })).rejects.toThrow('the harbor master calls');
  });

  test('nothing is left behind', async () => {
    await ask('SELECT * FROM range(100000) ORDER BY sha256(range::VARCHAR) LIMIT 1');
    expect(readdirSync(join(workspace, 'lake', 'scratch'))).toEqual([]);
  });
});

describe('saveQuery', () => {
  test('writes Parquet that holds the rows', async () => {
    const path = join(root, 'rows.parquet');
    const request = { workspace, sql: 'SELECT category FROM scored ORDER BY category; -- all', limits: LIMITS };
    expect(await saveQuery(request, path)).toBe(4);
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('PAR1');
  });

  test.each(['DROP VIEW scored', 'SELECT 1; SELECT 2', "SELECT 1) TO 'stolen.csv'; --"])('refuses %s', async (sql) => {
    const path = join(root, 'refused.parquet');
    await expect(saveQuery({ workspace, sql, limits: LIMITS }, path)).rejects.toThrow(UsageError);
    expect(existsSync(path)).toBe(false);
  });
});
