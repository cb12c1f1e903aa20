import type { ReplayImpaired } from '../../schemas/replay-measures.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';

/** How many answers had less to go by than was asked for. */
export function countImpaired(rows: readonly ReplayRun[]): ReplayImpaired {
  return {
    trimmed: rows.filter(({ trimmed }) => trimmed !== undefined).length,
    degraded: rows.filter(({ retrieval_notes: notes = [] }) => notes.length > 0).length,
  };
}
