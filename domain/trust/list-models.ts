import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { TrustList } from '../../schemas/trust-reports.ts';
import { bt29StateOf } from './bt29-state.ts';

/** What the ledger says about each model under one card, key and mode, the last recorded first. Rows come oldest first. */
export function listModels(rows: readonly TrustLedgerRow[]): TrustList['models'] {
  const newest = new Map<string, TrustLedgerRow>();
  for (const row of rows) newest.set(JSON.stringify([row.model_id, row.model_card_digest, row.comparability_key, row.mode]), row);
  return [...newest.values()]
    .sort((left, right) => right.seq - left.seq)
    .map(({ model_id, model_card_digest, comparability_key, mode }) => ({
      model_id,
      model_card_digest,
      comparability_key,
      mode,
      bt29: bt29StateOf(rows, { modelId: model_id, cardDigest: model_card_digest, comparabilityKey: comparability_key, mode }),
    }));
}
