import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveQuery, type QueryRequest } from '../../../adapters/lake/query.ts';
import { UsageError } from '../../../domain/shared/errors.ts';
import { ask as askLake, makeHarborWorkspace, QUERY_LIMITS, type HarborWorkspace } from '../../support/harbor-workspace.ts';

let harbor: HarborWorkspace;
let workspace: string;
let root: string;
beforeAll(async () => {
  harbor = await makeHarborWorkspace();
  ({ workspace, root } = harbor);
});
afterAll(() => harbor.clear());

const ask = (sql: string, more: Partial<QueryRequest> = {}) => askLake(more.workspace ?? workspace, sql, more);

describe('limits', () => {
  const ENDLESS = 'SELECT count(*) FROM range(1000000000000) a, range(1000) b';

  test('time', async () => {
    await expect(ask(ENDLESS, { limits: { ...QUERY_LIMITS, timeoutMs: 100 } })).rejects.toThrow('expected it to take at most 0.1 s');
  });

  test('memory', async () => {
    const sql = 'SELECT list(range) FROM range(100000000)';
    await expect(ask(sql, { limits: { ...QUERY_LIMITS, memoryMb: 64 } })).rejects.toThrow('expected it to fit into 64 MB');
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
    const request = { workspace, sql: 'SELECT category FROM scored ORDER BY category; -- all', limits: QUERY_LIMITS };
    expect(await saveQuery(request, path)).toBe(4);
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('PAR1');
  });

  test.each(['DROP VIEW scored', 'SELECT 1; SELECT 2', "SELECT 1) TO 'stolen.csv'; --"])('refuses %s', async (sql) => {
    const path = join(root, 'refused.parquet');
    await expect(saveQuery({ workspace, sql, limits: QUERY_LIMITS }, path)).rejects.toThrow(UsageError);
    expect(existsSync(path)).toBe(false);
  });
});
