import type { ScoredEvidenceRow } from './find-scored.ts';
import { withViewDatabase } from './view-database.ts';
import { lakeViews } from './views.ts';

const LIMITS = { threads: 2, memoryMb: 512 };

/** What scoring looks at, and what it came to; nested values are JSON text. */
export type ScoringRow = Pick<
  ScoredEvidenceRow,
  'id' | 'task_text' | 'messages' | 'artifacts' | 'outcome_state' | 'outcome_value' | 'outcome_from' | 'signals' | 'origin' | 'category'
>;

/** Hands over the records of the current version that have these ids, in batches. */
export async function scanScored(workspace: string, ids: readonly string[], use: (rows: readonly ScoringRow[]) => void): Promise<void> {
  await withViewDatabase(workspace, lakeViews(workspace), LIMITS, async (database) => {
    const rows = database.stream<ScoringRow>(
      `SELECT e.id, task_text, messages, artifacts, outcome_state, outcome_value, outcome_from, signals, origin, category
       FROM evidence AS e JOIN scored ON evidence_id = e.id WHERE e.id IN (SELECT unnest(from_json($ids, '["VARCHAR"]')))`,
      { ids: JSON.stringify(ids) },
    );
    for await (const batch of rows) use(batch);
  });
}
