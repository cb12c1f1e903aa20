import { literal, type Database, type Table } from './database.ts';
import { QueryControl, type QueryLimits } from './query-control.ts';
import { requireReading } from './query-guard.ts';
import { withViewDatabase } from './view-database.ts';
import { lakeViews, type LakeViews } from './views.ts';

export interface QueryRequest {
  readonly workspace: string;
  readonly sql: string;
  /** Run whose data is shown; that of the heads unless stated. Must exist. */
  readonly runId?: string | undefined;
  readonly limits: QueryLimits;
  /** Stops the query, which then fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of a query, while it is being produced. */
export interface QueryAnswer extends Table {
  readonly views: LakeViews;
}

/**
 * Runs one read-only query over the views of a workspace and hands over its rows as they come. The query reaches no file but those behind the
 * views, writes nothing and is held to its limits. UsageError for a query that is faulty, or is refused, or needs more than its limits.
 */
export function queryLake<Result>(request: QueryRequest, use: (answer: QueryAnswer) => Promise<Result>): Promise<Result> {
  return underControl(request, [], async (database, control, views) => {
    const table = await control.run(() => database.table(request.sql));
    return use({ columns: table.columns, batches: control.each(table.batches), views });
  });
}

/** Writes the rows of a query as Parquet into a file that is not there yet. Returns their number. */
export function saveQuery(request: QueryRequest, path: string): Promise<number> {
  return underControl(request, [path], async (database, control) => {
    const copy = `COPY (SELECT * FROM query(${literal(request.sql)})) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`;
    const [written] = await control.run(() => database.rows<{ Count: number }>(copy));
    return written?.Count ?? 0;
  });
}

async function underControl<Result>(
  request: QueryRequest,
  writable: readonly string[],
  work: (database: Database, control: QueryControl, views: LakeViews) => Promise<Result>,
): Promise<Result> {
  const views = lakeViews(request.workspace, request.runId);
  return withViewDatabase(request.workspace, views, { ...request.limits, writable }, async (database) => {
    const control = new QueryControl(database, request);
    try {
      await control.run(() => requireReading(database, request.sql));
      return await work(database, control, views);
    } finally {
      control.end();
    }
  });
}
