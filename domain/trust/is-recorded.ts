import type { TrustRow } from '../../schemas/trust-ledger.ts';

/** True when the ledger has a row for the same verdict: appending it again would count it twice. */
export function isRecorded(rows: readonly TrustRow[], row: TrustRow): boolean {
  return rows.some(
    ({ sweep_id, report_sha256, model_id }) =>
      sweep_id === row.sweep_id && report_sha256 === row.report_sha256 && model_id === row.model_id,
  );
}
