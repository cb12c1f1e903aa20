import { copyFileSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueryRequest } from '../../../adapters/lake/query.ts';
import { UsageError } from '../../../domain/shared/errors.ts';
import { ask as askLake, makeHarborWorkspace, type HarborWorkspace } from '../../support/harbor-workspace.ts';
import { filesBelow } from '../../support/workspace-facts.ts';

let harbor: HarborWorkspace;
let workspace: string;
let root: string;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
  ({ workspace, root } = harbor);
});
afterAll(() => harbor.clear());

const ask = (sql: string, more: Partial<QueryRequest> = {}) => askLake(more.workspace ?? workspace, sql, more);

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
