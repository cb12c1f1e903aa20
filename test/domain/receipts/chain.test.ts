import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { chainReceipt, findBrokenLink, receiptDigest } from '../../../domain/receipts/index.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { stageReceiptSchema, type StageReceipt } from '../../../schemas/stage-receipt.ts';
import { STAGES, type Stage } from '../../../schemas/vocabulary.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const WORLD = { endedAt: '2026-03-02T06:41:00.000Z', sha256 };
const FRAME = {
  run: { run_id: 'run-1', code_version: '0.1.0', config_digest: 'c'.repeat(64) },
  started_at: '2026-03-02T06:40:00.000Z',
  shards: 3,
  shards_reused: 1,
};

function receiptOf(stage: Stage, previous: StageReceipt | undefined, failures: readonly string[] = []): StageReceipt {
  const facts = { digest: sha256(stage), rowsIn: 10, rowsOut: 8, quarantined: { broken_json: 2 }, inputs: [], outputs: [], failures };
  return chainReceipt(stage, FRAME, facts, previous, WORLD);
}

function chain(): StageReceipt[] {
  const receipts: StageReceipt[] = [];
  for (const stage of STAGES) receipts.push(receiptOf(stage, receipts.at(-1)));
  return receipts;
}

describe('chainReceipt', () => {
  test('is a lawful receipt that names the one before it', () => {
    const [first, second] = chain();
    expect(stageReceiptSchema.parse(second)).toEqual({
      schema: 'stage-receipt/1',
      run_id: 'run-1',
      stage: 'score',
      started_at: '2026-03-02T06:40:00.000Z',
      ended_at: '2026-03-02T06:41:00.000Z',
      inputs: [],
      outputs: [],
      counts: { in: 10, out: 8, quarantined: { broken_json: 2 }, categories: {}, shards: 3, shards_reused: 1, more: {} },
      code_version: '0.1.0',
      versions: {},
      config_digest: 'c'.repeat(64),
      engine: {},
      validation: { passed: true, failures: [] },
      digest: sha256('score'),
      previous: sha256(canonicalJson(first as unknown as JsonValue)),
    });
    expect(first?.previous).toBeNull();
  });

  test('is not passed when anything failed', () => {
    expect(receiptOf('audit', undefined, ['rag rows on disk: expected 4, found 3']).validation).toEqual({
      passed: false,
      failures: ['rag rows on disk: expected 4, found 3'],
    });
  });
});

describe('findBrokenLink', () => {
  test('finds none in a whole chain, and none in no chain', () => {
    expect(findBrokenLink(chain(), sha256)).toBeUndefined();
    expect(findBrokenLink([], sha256)).toBeUndefined();
  });

  test('survives writing and reading', () => {
    expect(findBrokenLink(JSON.parse(JSON.stringify(chain())) as StageReceipt[], sha256)).toBeUndefined();
  });

  test.each<[string, (receipt: StageReceipt) => StageReceipt]>([
    ['a count', (receipt) => ({ ...receipt, counts: { ...receipt.counts, out: 9 } })],
    ['a reason', (receipt) => ({ ...receipt, counts: { ...receipt.counts, quarantined: { broken_json: 1 } } })],
    ['the time', (receipt) => ({ ...receipt, ended_at: '2026-03-02T06:42:00.000Z' })],
    ['the digest', (receipt) => ({ ...receipt, digest: sha256('another') })],
    ['a failure that is struck out', (receipt) => ({ ...receipt, validation: { passed: true, failures: ['x'] } })],
    ['the run', (receipt) => ({ ...receipt, run_id: 'run-2' })],
  ])('detects an edit of %s at the receipt that follows', (_what, edit) => {
    for (const [index, stage] of STAGES.slice(0, -1).entries()) {
      const receipts = chain();
      receipts[index] = edit(receipts[index]!);
      expect(findBrokenLink(receipts, sha256)?.stage, stage).toBe(STAGES[index + 1]);
    }
  });

  test('detects an edit of the link itself', () => {
    const receipts = chain();
    receipts[2] = { ...receipts[2]!, previous: sha256('another chain') };
    expect(findBrokenLink(receipts, sha256)?.stage).toBe('export');
  });

  test('detects a receipt that was dropped, at the one that followed it', () => {
    for (const [index] of STAGES.slice(0, -1).entries()) {
      const receipts = chain();
      receipts.splice(index, 1);
      expect(findBrokenLink(receipts, sha256)?.stage).toBe(STAGES[index + 1]);
    }
  });

  test('detects two that changed places', () => {
    const [first, second, ...rest] = chain();
    expect(findBrokenLink([second!, first!, ...rest], sha256)?.stage).toBe('score');
  });

  test('detects one that stands twice', () => {
    const [first, second, ...rest] = chain();
    expect(findBrokenLink([first!, second!, second!, ...rest], sha256)?.stage).toBe('score');
  });
});

test('receiptDigest does not depend on the order of the keys', () => {
  const receipt = receiptOf('score', undefined);
  const reversed = Object.fromEntries(Object.entries(receipt).reverse()) as unknown as StageReceipt;
  expect(receiptDigest(reversed, sha256)).toBe(receiptDigest(receipt, sha256));
});
