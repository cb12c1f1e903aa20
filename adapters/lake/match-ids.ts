import { withViewDatabase } from './view-database.ts';
import { lakeViews } from './views.ts';

const LIMITS = { threads: 2, memoryMb: 512 };
/** Enough to say that a beginning is shared, and by whom. */
const MOST_MATCHES = 4;

/** The evidence ids of the current version that begin with each of these texts, the first few of them; null before the first run. */
export async function matchIds(workspace: string, beginnings: readonly string[]): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const views = lakeViews(workspace);
  if (views.runId === null) return null;
  const lengths = new Set(beginnings.map((text) => text.length));
  return withViewDatabase(workspace, views, LIMITS, async (database) => {
    const found = new Map<string, readonly string[]>();
    for (const length of lengths) {
      // One join for each length: a comparison of equal texts is a join by hash, one of beginnings would compare everything with everything.
      const matches = await database.rows<{ text: string; ids: string[] }>(
        `SELECT text, min(evidence_id, ${MOST_MATCHES}) AS ids
         FROM scored JOIN (SELECT DISTINCT unnest(from_json($texts, '["VARCHAR"]')) AS text) ON left(evidence_id, ${length}) = text GROUP BY text`,
        { texts: JSON.stringify(beginnings.filter((text) => text.length === length)) },
      );
      for (const { text, ids } of matches) found.set(text, ids);
    }
    return found;
  });
}
