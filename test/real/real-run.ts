import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { runLauter } from '../support/run-lauter.ts';
import type { SourcePlace } from './source-truth.ts';

/** Folders of the public traces that one run reads; a test reads the truth of each by itself. */
export const FOLDERS = [
  'trace-tau-bench',
  'trace-aider-swebench',
  'trace-reflexion',
  'trace-intercode',
  'review-aacr-bench',
  'trace-swe-agent-demos',
  'trace-claude-code',
  'trace-inspect-logs',
];

/** A run over all folders, with what it scored. */
export interface RealRun {
  readonly workspace: string;
  readonly summary: RunSummary;
  readonly rows: readonly ScoredRow[];
}

/** A scored record, duplicates left out. */
export interface ScoredRow extends SourcePlace {
  readonly source: string;
  readonly pointer: string | null;
  readonly category: string;
  readonly rule: string;
  readonly task_key: string;
  readonly evidence_id: string;
}

/** A row of any exported set; a pair has two of what another row has one of. */
export interface ExportedRow {
  readonly id: string;
  readonly task_key: string;
  readonly split: string;
  readonly category?: string;
  readonly warning?: boolean;
  readonly content?: string;
  readonly messages?: readonly object[];
  readonly chosen_id?: string;
  readonly rejected_id?: string;
  readonly margin?: number;
  readonly provenance: Provenance | { readonly chosen: Provenance; readonly rejected: Provenance };
}

export interface Provenance extends SourcePlace {
  readonly sig_hash: string;
}

/** The whole program over the folders, each a source of its own. Throws what it said unless the run was accepted. */
export async function refineRealData(workspace: string): Promise<RealRun> {
  const paths = FOLDERS.map((folder) => join('../shared/data', folder));
  const { code, stdout, stderr } = await runLauter(['distill', 'run-all', '--json', '--workspace', workspace, ...paths]);
  if (code !== 0) throw new Error(`run-all ended with ${code}: ${stderr}`);
  return { workspace, summary: JSON.parse(stdout) as RunSummary, rows: await readScored(workspace) };
}

/** The rows of an exported set, or of a quarantine file. */
export function readExported<Row = ExportedRow>({ summary }: RealRun, name: string): Row[] {
  const path = join(summary.paths.exports, `${name}.jsonl`);
  if (!existsSync(path)) throw new Error(`no file ${path}`);
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

/** Runs a query with DuckDB itself. */
export async function select<Found>(sql: string): Promise<Found[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjects() as Found[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function readScored(workspace: string): Promise<ScoredRow[]> {
  const rows = await select<
    Omit<ScoredRow, 'locator'> & { locator: string }
  >(`SELECT source, source_file, line_offset::INTEGER AS line_offset,
      pointer, locator, category, rule, task_key, evidence_id
    FROM read_parquet('${workspace}/lake/scored/**/*.parquet', hive_partitioning=false) AS scored
    ANTI JOIN read_parquet('${workspace}/lake/excluded/*.parquet') AS excluded USING (shard, place)`);
  return rows.map((row) => ({ ...row, locator: JSON.parse(row.locator) as ScoredRow['locator'] }));
}
