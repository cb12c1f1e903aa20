import { expect, test } from 'vitest';
import { summarizeStage } from '../../../domain/receipts/index.ts';
import type { StageReceipt } from '../../../schemas/stage-receipt.ts';

const RECEIPT: StageReceipt = {
  schema: 'stage-receipt/1',
  run_id: '20260302T081500000Z-a1b2c3',
  stage: 'score',
  started_at: '2026-03-02T08:15:00.000Z',
  ended_at: '2026-03-02T08:15:02.250Z',
  inputs: [],
  outputs: [],
  counts: { in: 12, out: 9, quarantined: { tie: 2, rejected: 1 }, categories: {}, shards: 3, shards_reused: 1, more: {} },
  code_version: '0.1.0',
  versions: {},
  config_digest: 'c',
  engine: {},
  validation: { passed: true, failures: [] },
  digest: 'd',
  previous: null,
};

test('a receipt in one row: quarantined rows over all reasons, duration in milliseconds', () => {
  expect(summarizeStage(RECEIPT)).toEqual({
    stage: 'score',
    rows_in: 12,
    rows_out: 9,
    rows_quarantined: 3,
    shards: 3,
    shards_reused: 1,
    duration_ms: 2250,
    digest: 'd',
  });
});

test('a clock that was set back makes no negative duration', () => {
  expect(summarizeStage({ ...RECEIPT, ended_at: '2026-03-02T08:14:59.000Z' }).duration_ms).toBe(0);
});
