import type { StageSummary } from '../../schemas/run-summary.ts';
import type { StageReceipt } from '../../schemas/stage-receipt.ts';

/** A receipt in one row: counts, duration in milliseconds and digest. */
export function summarizeStage({ stage, counts, started_at, ended_at, digest }: StageReceipt): StageSummary {
  return {
    stage,
    rows_in: counts.in,
    rows_out: counts.out,
    rows_quarantined: Object.values(counts.quarantined).reduce((sum, rows) => sum + rows, 0),
    shards: counts.shards,
    shards_reused: counts.shards_reused,
    duration_ms: Math.max(0, Date.parse(ended_at) - Date.parse(started_at)),
    digest,
  };
}
