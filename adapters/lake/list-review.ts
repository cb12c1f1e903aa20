import type { ScoredEvidenceRow } from './find-scored.ts';
import { withViewDatabase } from './view-database.ts';
import { lakeViews } from './views.ts';

export interface ReviewQuestion {
  readonly source?: string | undefined;
  readonly rule?: string | undefined;
  /** Rows that are listed at most. */
  readonly limit: number;
  /** Evidence ids on which there is a verdict. */
  readonly decided: readonly string[];
}

/** A record that waits for a human; nested values are JSON text. */
export type WaitingRow = Pick<
  ScoredEvidenceRow,
  'source' | 'source_file' | 'locator' | 'line_offset' | 'task_key' | 'task_text' | 'rule' | 'reasons' | 'signals'
> &
  Pick<ScoredEvidenceRow, 'outcome_state' | 'outcome_value' | 'outcome_from'> & { readonly evidence_id: string };

export interface Waiting {
  /** Null before the first run. */
  readonly runId: string | null;
  /** Names of the sources that the run read. */
  readonly sources: readonly string[];
  readonly decided: number;
  readonly groups: readonly { readonly rule: string; readonly reasons: readonly string[]; readonly rows: number }[];
  readonly rows: readonly WaitingRow[];
}

const LIMITS = { threads: 2, memoryMb: 512 };
/** More than a listing shows of a task, so that its first line is in it. */
const TASK_CHARS = 4_000;

/** The records of the current version that wait for a human: how many for each rule and kind of reason, and the first of them. */
export async function listReview(workspace: string, question: ReviewQuestion): Promise<Waiting> {
  const views = lakeViews(workspace);
  return withViewDatabase(workspace, views, LIMITS, async (database) => {
    const { source = null, rule = null } = question;
    const waiting =
      "FROM scored WHERE category = 'needs_human_review' AND ($source IS NULL OR source = $source) AND ($rule IS NULL OR rule = $rule)";
    const sources = await database.rows<{ name: string }>('SELECT DISTINCT name FROM sources ORDER BY name');
    const [decided] = await database.rows<{ rows: number }>(
      `SELECT count(*) AS rows ${waiting} AND evidence_id IN (SELECT unnest(from_json($decided, '["VARCHAR"]')))`,
      { source, rule, decided: JSON.stringify(question.decided) },
    );
    const groups = await database.rows<Waiting['groups'][number]>(
      `SELECT rule, list_sort(list_distinct(list_transform(from_json(reasons, '[{"reason": "VARCHAR"}]'), said -> said.reason))) AS reasons, count(*) AS rows
       ${waiting} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
      { source, rule },
    );
    const rows = await database.rows<WaitingRow>(
      `WITH listed AS (SELECT * ${waiting} ORDER BY rule, source, source_file, line_offset, locator, evidence_id LIMIT ${question.limit})
       SELECT evidence_id, listed.source AS source, listed.source_file AS source_file, listed.locator AS locator, listed.line_offset AS line_offset,
         listed.task_key AS task_key, left(task_text, ${TASK_CHARS}) AS task_text, rule, reasons, signals, outcome_state, outcome_value, outcome_from
       FROM listed JOIN evidence ON evidence.id = evidence_id
       ORDER BY rule, listed.source, listed.source_file, listed.line_offset, listed.locator, evidence_id`,
      { source, rule },
    );
    return { runId: views.runId, sources: sources.map(({ name }) => name), decided: decided?.rows ?? 0, groups, rows };
  });
}
