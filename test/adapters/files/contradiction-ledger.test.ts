import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openContradictionLedger } from '../../../adapters/files/contradiction-ledger.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import type { ContradictionDecision } from '../../../schemas/contradiction-decision.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DECISION: ContradictionDecision = {
  schema: 'contradiction-decision/1',
  finding_id: '0123456789abcdef',
  as: 'takes_supersede',
  keep: 'b',
  page: 'default::people/lock-keeper',
  row: 2,
  by: 'harbour office',
  run_id: 'contradictions-1',
  recorded_at: '2026-03-02T08:00:00.000Z',
};

test('decisions are chained, and all of them stay', async () => {
  const workspace = temporaryFolder();
  const ledger = openContradictionLedger(workspace);
  expect(await ledger.all()).toEqual([]);
  const first = await ledger.append(DECISION);
  const second = await ledger.append({ ...DECISION, as: 'manual_review' });
  expect([first.seq, second.seq, second.prev_hash]).toEqual([1, 2, first.row_hash]);
  expect(await openContradictionLedger(workspace).all()).toEqual([first, second]);
});

test('a decision that was changed afterwards breaks the chain', async () => {
  const workspace = temporaryFolder();
  await openContradictionLedger(workspace).append(DECISION);
  const path = join(workspace, 'ledger', 'contradictions.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace('takes_supersede', 'manual_review'));
  await expect(openContradictionLedger(workspace).all()).rejects.toThrow(LakeCorruptError);
});
