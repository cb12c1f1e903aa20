import { expect, test } from 'vitest';
import { judgeBatch, type BatchRowOutcome } from '../../../domain/panel/index.ts';
import { fc } from '../../support/fast-check.ts';

test.each<[string, BatchRowOutcome[], string, number]>([
  ['all passed', ['pass', 'pass'], 'pass', 0],
  ['one failed', ['pass', 'fail', 'inconclusive'], 'fail', 1],
  ['one was inconclusive', ['pass', 'inconclusive'], 'inconclusive', 2],
  ['one could not be judged', ['pass', 'fail', 'error'], 'error', 2],
  ['XM-10: one came with an error', ['pass', 'upstream_error', 'fail'], 'error', 2],
  ['XM-11: one was malformed', ['malformed', 'pass'], 'error', 2],
  ['one was not paid for', ['pass', 'budget_skipped'], 'error', 2],
  ['there was nothing', [], 'error', 2],
])('%s', (_, rows, verdict, exit_code) => {
  expect(judgeBatch(rows)).toMatchObject({ verdict, exit_code });
});

test('counts every row once, by the names of the summary', () => {
  const rows: BatchRowOutcome[] = ['pass', 'pass', 'fail', 'inconclusive', 'error', 'upstream_error', 'malformed', 'budget_skipped'];
  expect(judgeBatch(rows).counts).toEqual({
    total: 8,
    pass_count: 2,
    fail_count: 1,
    inconclusive_count: 1,
    error_count: 1,
    upstream_error_count: 1,
    malformed_count: 1,
    budget_skipped: 1,
  });
});

test('passes only what passed in every row, in whatever order', () => {
  const outcome = fc.constantFrom<BatchRowOutcome>(
    'pass',
    'fail',
    'inconclusive',
    'error',
    'upstream_error',
    'malformed',
    'budget_skipped',
  );
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 8 }), (rows) => {
      const { verdict, exit_code } = judgeBatch(rows);
      expect(verdict === 'pass').toBe(rows.length > 0 && rows.every((row) => row === 'pass'));
      expect(exit_code).toBe({ pass: 0, fail: 1, inconclusive: 2, error: 2 }[verdict]);
      expect(judgeBatch(rows.toReversed())).toEqual(judgeBatch(rows));
    }),
  );
});
