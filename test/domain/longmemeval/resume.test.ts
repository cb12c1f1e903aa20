import { expect, test } from 'vitest';
import { decideResume } from '../../../domain/longmemeval/index.ts';
import type { LongMemEvalReadRow } from '../../../schemas/longmemeval-rows.ts';

const NOW = { retrieval: 'r', reader: null, judge: null, dataset: 'd' };
const row = (question_id: string, more: Partial<LongMemEvalReadRow> = {}): LongMemEvalReadRow => ({ question_id, hypothesis: '', ...more });
const idsOf = (rows: readonly LongMemEvalReadRow[]): string[] => rows.map(({ question_id }) => question_id);

test('LME-3: rows with an answer or without an error are kept, those with an error and no answer are done again', () => {
  const rows = [row('a'), row('b', { error: 'fog' }), row('c', { error: 'fog', hypothesis: 'Twelve.' }), row('d', { error: '' })];
  const { kept, retried } = decideResume(rows, NOW);
  expect(idsOf(kept)).toEqual(['a', 'c', 'd']);
  expect(retried).toEqual(['b']);
});

test('of several rows the first counts, but one that failed gives way', () => {
  const first = row('a', { hypothesis: 'one' });
  const { kept, duplicates, retried } = decideResume([row('b', { error: 'fog' }), first, row('a', { hypothesis: 'two' }), row('b')], NOW);
  expect(kept).toEqual([row('b'), first]);
  expect(duplicates).toEqual(['a', 'b']);
  expect(retried).toEqual([]);
});

test('rows of another search, dataset, reader or judge are told; rows that do not say are not', () => {
  const own = { retrieval_config_hash: 'r', dataset_hash: 'd', reader_config_hash: null, judge_config_hash: null };
  const mixOf = (more: Partial<LongMemEvalReadRow>, now = NOW) => decideResume([row('a', more), row('b', own)], now).mixed;
  expect(mixOf({})).toEqual({});
  expect(mixOf(own)).toEqual({});
  expect(mixOf({ retrieval_config_hash: 'old' })).toEqual({ retrieval_config_hash: { old: 1, r: 1 } });
  expect(mixOf({ dataset_hash: 'other' })).toEqual({ dataset_hash: { other: 1, d: 1 } });
  expect(mixOf(own, { ...NOW, reader: 'x' } as unknown as typeof NOW)).toEqual({ reader_config_hash: { none: 2 } });
});
