import { describe, expect, test } from 'vitest';
import { removeFolder } from '../support/temporary-folder.ts';
import { makeRefinery, query, runAll } from './refinery.ts';

describe('The replay log grows', () => {
  test('the view of replays is there before the first of them', async () => {
    const refinery = makeRefinery();
    try {
      await runAll(refinery);
      const sql = 'SELECT count(*) AS runs, count(DISTINCT task_hash) AS tasks, min(recorded_at) AS since FROM replays';
      expect(await query(refinery, sql)).toEqual([{ runs: 0, tasks: 0, since: null }]);
    } finally {
      removeFolder(refinery.root);
    }
  });
});
