import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '../../schemas/evidence.ts';
import type { QuarantineHistory } from '../../schemas/quarantine-history.ts';
import type { QuarantinePlace } from '../../schemas/quarantine-listing.ts';
import { readFilesSchema } from '../../schemas/run-documents.ts';
import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import { literal, type Database } from './database.ts';
import { EXPORT_COLUMNS } from './export-parquet.ts';
import { typedFiles } from './json-view.ts';
import { lakeLayout } from './layout.ts';
import { withViewDatabase } from './view-database.ts';
import { lakeViews, readDocument, runDocument, runIds, writtenFiles } from './views.ts';

/** A row that is asked for: an evidence id or its beginning, or a file and a line from 1. */
export type HistoryRow = { readonly id: string } | { readonly file: string; readonly line: number };

export interface HistoryQuestion {
  readonly row?: HistoryRow | undefined;
  readonly reason?: QuarantineReason | undefined;
  readonly set?: QuarantinePlace | undefined;
  /** Rows that are listed at most. */
  readonly limit: number;
}

type Row = QuarantineHistory['rows'][number];
type Stay = Row['stays'][number];

const LIMITS = { threads: 2, memoryMb: 512 };

/** Every row that any run quarantined, with its stays. Only what the files of the runs say counts; those that are gone are named. */
export async function quarantineHistory(
  workspace: string,
  question: HistoryQuestion,
): Promise<Pick<QuarantineHistory, 'runs' | 'total' | 'rows'>> {
  const runs = runsWithQuarantine(workspace);
  const views = lakeViews(workspace);
  const files = [...views.files, ...runs.flatMap((run) => run.files)];
  return withViewDatabase(workspace, { ...views, files }, LIMITS, async (database) => {
    await database.run(`CREATE VIEW quarantined AS ${quarantinedRows(runs)}`);
    const { row, reason = null, set = null } = question;
    const asked = {
      reason,
      set,
      id: row !== undefined && 'id' in row ? row.id : null,
      file: row !== undefined && 'file' in row ? row.file : null,
      line: row !== undefined && 'file' in row ? row.line - 1 : null,
    };
    await database.run(STAYS, asked);
    const counted = await database.rows<{ run_id: string; rows: number }>(
      `SELECT run_id, count(*) AS rows ${ASKED} GROUP BY run_id`,
      asked,
    );
    const rowsOfRun = new Map(counted.map(({ run_id, rows }) => [run_id, rows]));
    const [sum] = await database.rows<{ rows: number }>('SELECT count(DISTINCT record) AS rows FROM stays');
    const rows = await listRows(database, question.limit);
    fillLeftRuns(workspace, runs, rows);
    return {
      runs: runs.map(({ runId, missing }) => ({ run_id: runId, rows: rowsOfRun.get(runId) ?? 0, missing: [...missing] })),
      total: sum?.rows ?? 0,
      rows,
    };
  });
}

interface QuarantineRun {
  readonly runId: string;
  readonly files: readonly string[];
  readonly missing: readonly string[];
}

/** Runs that came as far as writing a quarantine, oldest first. */
function runsWithQuarantine(workspace: string): QuarantineRun[] {
  const layout = lakeLayout(join(workspace, 'lake'));
  const runs = runIds(layout).filter((runId) => existsSync(runDocument(layout, runId, 'written-quarantine')));
  return runs.map((runId) => {
    const files = writtenFiles(workspace, layout, runId, 'quarantine').map(standIn);
    return { runId, files: files.filter((path) => existsSync(path)), missing: files.filter((path) => !existsSync(path)) };
  });
}

/** The same rows as JSON lines, where the Parquet file has been removed. */
function standIn(path: string): string {
  const lines = path.replace(/[.]parquet$/, '.jsonl');
  return !existsSync(path) && existsSync(lines) ? lines : path;
}

function quarantinedRows(runs: readonly QuarantineRun[]): string {
  const each = runs.flatMap(({ runId, files }) =>
    files.map((path) => `SELECT ${literal(runId)} AS run_id, * FROM (${typedFiles(EXPORT_COLUMNS.quarantine, [path])})`),
  );
  const none = `SELECT '' AS run_id, * FROM (${typedFiles(EXPORT_COLUMNS.quarantine, [])})`;
  return [none, ...each].join(' UNION ALL ');
}

const ASKED = `FROM quarantined WHERE ($reason IS NULL OR reason = $reason) AND ($set IS NULL OR "set" = $set)
  AND ($id IS NULL OR starts_with(evidence_id, $id))
  AND ($file IS NULL OR (provenance.source_file = $file AND provenance.line_offset = $line))`;

/** `seen` orders by run first, so that its greatest value is how the row last looked. */
const STAYS = `CREATE TEMP TABLE stays AS
  SELECT coalesce(evidence_id, concat(provenance.source_file, chr(10), provenance.locator)) AS record, any_value(evidence_id) AS evidence_id,
    "set", reason, min(run_id) AS first_run, max(run_id) AS last_run, count(DISTINCT run_id) AS runs,
    max({'run': run_id, 'file': provenance.source_file, 'line': provenance.line_offset, 'locator': CAST(provenance.locator AS VARCHAR), 'detail': detail}) AS seen
  ${ASKED} GROUP BY record, "set", reason`;

interface StayRow extends Omit<Stay, 'left_run'> {
  readonly record: string;
  readonly evidence_id: string | null;
  readonly source_file: string;
  readonly locator: string;
  readonly line_offset: number;
}

async function listRows(database: Database, limit: number): Promise<Row[]> {
  const stays = await database.rows<StayRow>(
    `WITH listed AS (
       SELECT record, last_seen.file AS source_file, last_seen.line AS line_offset, last_seen.locator AS locator
       FROM (SELECT record, max(seen) AS last_seen FROM stays GROUP BY record)
       ORDER BY source_file, line_offset, locator, record LIMIT ${limit})
     SELECT record, evidence_id, source_file, locator, line_offset,
       "set", reason, seen.detail AS detail, first_run, last_run, runs
     FROM listed JOIN stays USING (record)
     ORDER BY source_file, line_offset, locator, record, first_run, "set", reason`,
  );
  const rows = new Map<string, Row>();
  for (const { record, evidence_id, source_file, locator, line_offset, ...stay } of stays) {
    const { first_run, last_run } = stay;
    const row = rows.get(record) ?? {
      evidence_id,
      source_file,
      locator: JSON.parse(locator) as Locator,
      line_offset,
      first_run,
      last_run,
      left_run: null,
      stays: [],
    };
    row.last_run = row.last_run < last_run ? last_run : row.last_run;
    row.stays.push({ ...stay, left_run: null });
    rows.set(record, row);
  }
  return [...rows.values()];
}

/** A run that did not read the file, or whose quarantine is not all there, says nothing about the row. */
function fillLeftRuns(workspace: string, runs: readonly QuarantineRun[], rows: readonly Row[]): void {
  const layout = lakeLayout(join(workspace, 'lake'));
  for (const { runId, missing } of runs) {
    const staying = rows.flatMap((row) => [row, ...row.stays].map((span) => ({ span, file: row.source_file })));
    const open = staying.filter(({ span }) => span.left_run === null && span.last_run < runId);
    const plan = runDocument(layout, runId, 'plan');
    if (missing.length > 0 || open.length === 0 || !existsSync(plan)) continue;
    const { shards } = readDocument(plan, readFilesSchema);
    const read = new Set(shards.flatMap(({ parts }) => parts.map((part) => part.source_file)));
    for (const { span, file } of open) if (read.has(file)) span.left_run = runId;
  }
}
