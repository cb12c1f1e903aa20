import { expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { bt29StateOf } from '../../../domain/trust/index.ts';
import type { TrustLedgerRow } from '../../../schemas/trust-ledger.ts';
import { trustRow } from '../../support/trust-rows.ts';

const TERN = {
  modelId: 'tern-7b',
  cardDigest: 'sha256:feather',
  comparabilityKey: sha256('key of the lighthouse'),
  mode: 'hybrid',
} as const;
const DEFERRED = 'BT-29 deferred';

test.each<[string, Partial<TrustLedgerRow>[], string]>([
  ['no row', [], DEFERRED],
  ['a full pass', [{}], 'BT-29 passed (row 1, 2026-03-01)'],
  ['a pass without a judge', [{ claim: 'retrieval_only' }], 'BT-29 passed for retrieval only; judge-mean deferred'],
  ['a fail', [{ verdict: 'FAIL' }], 'BT-29 failed (row 1, 2026-03-01)'],
  ['a fail after a pass', [{}, { verdict: 'FAIL' }], 'BT-29 failed (row 2, 2026-03-02)'],
  ['a pass after a fail', [{ verdict: 'FAIL' }, {}], 'BT-29 passed (row 2, 2026-03-02)'],
  ['a pass for retrieval only after a full one', [{}, { claim: 'retrieval_only' }], 'BT-29 passed for retrieval only; judge-mean deferred'],
  ['another model', [{ model_id: 'Tern-7b' }], DEFERRED],
  ['another card', [{ model_card_digest: 'sha256:down' }], DEFERRED],
  ['another key', [{ comparability_key: sha256('another key') }], DEFERRED],
  ['a looser budget', [{ budgets: { mrr: 0.05, hit_at_1: 0.02, judge_mean: 0.1 } }], DEFERRED],
  ['a looser budget after a pass', [{}, { budgets: { mrr: 0.05, hit_at_1: 0.02, judge_mean: 0.1 } }], 'BT-29 passed (row 1, 2026-03-01)'],
  ['a stricter budget', [{ budgets: { mrr: 0.01, hit_at_1: 0.02, judge_mean: 0 } }], 'BT-29 passed (row 1, 2026-03-01)'],
  ['two runs', [{ n_runs: 2 }], DEFERRED],
  ['a pass of another mode', [{ mode: 'semantic' }], DEFERRED],
  ['a fail of another mode', [{}, { mode: 'semantic', verdict: 'FAIL' }], 'BT-29 failed (row 2, 2026-03-02)'],
])('%s', (_what, rows, text) => {
  expect(
    bt29StateOf(
      rows.map((changes, at) => trustRow(at + 1, changes)),
      TERN,
    ).text,
  ).toBe(text);
});

test('a result that records no card or no key has no row', () => {
  const rows = [trustRow(1, { model_card_digest: null }), trustRow(2)];
  expect(bt29StateOf(rows, { ...TERN, cardDigest: null }).text).toBe(DEFERRED);
  expect(bt29StateOf(rows, { ...TERN, comparabilityKey: null }).text).toBe(DEFERRED);
});
