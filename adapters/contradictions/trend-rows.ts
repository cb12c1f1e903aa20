import { contradictionTrendRowSchema, type ContradictionTrendRow } from '../../schemas/contradiction-trend.ts';
import { openWorkStore } from '../work-store.ts';

/** Name of the document that a run that has ended leaves in its folder. */
export const TREND_ROW = 'trend-row';

/** Runs of a workspace that have ended since a moment, newest first. A row that cannot be read is passed over and counted. */
export function readTrendRows(
  workspace: string,
  sinceMs: number,
): { readonly rows: readonly ContradictionTrendRow[]; readonly unreadable: number } {
  const store = openWorkStore(workspace, 'contradictions');
  const read = store
    .list()
    .filter((runId) => store.has(runId, TREND_ROW))
    .map((runId) => contradictionTrendRowSchema.safeParse(readOr(() => store.read(runId, TREND_ROW))).data);
  const rows = read.filter((row) => row !== undefined);
  return {
    rows: rows.filter(({ ran_at }) => Date.parse(ran_at) >= sinceMs).toSorted((left, right) => (left.ran_at < right.ran_at ? 1 : -1)),
    unreadable: read.length - rows.length,
  };
}

function readOr(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
