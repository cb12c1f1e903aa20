import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';

/** The row that a challenger is held against, or why there is none. */
export type ReferenceSearch =
  { readonly row: TrustLedgerRow } | { readonly missing: 'no pass' | 'other key'; readonly nearest: TrustLedgerRow | undefined };

/** The newest PASS of another model under the same comparability key; else the newest PASS of another model under another one, if there is any. */
export function findReference(
  rows: readonly TrustLedgerRow[],
  challenger: { readonly modelId: string; readonly comparabilityKey: string },
): ReferenceSearch {
  const passes = rows.filter(({ verdict, model_id }) => verdict === 'PASS' && model_id !== challenger.modelId);
  const row = passes.findLast(({ comparability_key }) => comparability_key === challenger.comparabilityKey);
  if (row !== undefined) return { row };
  const nearest = passes.at(-1);
  return { missing: nearest === undefined ? 'no pass' : 'other key', nearest };
}
