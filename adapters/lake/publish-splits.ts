import { mkdirSync, renameSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { FrozenSplits } from '../../schemas/release-manifest.ts';
import { writtenSetSchema } from '../../schemas/run-documents.ts';
import { EXPORT_SETS, SPLITS, type ExportSet } from '../../schemas/vocabulary.ts';
import { syncFile, syncFolder } from '../atomic-write.ts';
import { digestFile } from '../file-digest.ts';
import { literal, type DatabaseLimits } from './database.ts';
import { typedFiles } from './json-view.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { releaseFolder } from './release-entries.ts';
import { withDatabase } from './shard-draft.ts';
import { readDocument, runDocument } from './views.ts';

const COLUMNS = { task_key: 'VARCHAR', split: 'VARCHAR' };

/**
 * Writes task_key → split of all rows that a run exported, one row a task in the order of the keys, below `lake/releases/<version>`. The file is named
 * by its bytes, so that an entry never leads to another one. It counts once {@link enterRelease} was called. LakeCorruptError for a task on two sides.
 */
export async function publishSplits(
  workspace: string,
  limits: Omit<DatabaseLimits, 'tempDir'>,
  { runId, version }: { readonly runId: string; readonly version: string },
): Promise<FrozenSplits> {
  const layout = lakeLayout(join(workspace, 'lake'));
  return withDatabase(layout, limits, async (database, scratch) => {
    const rows = EXPORT_SETS.map((set) => `(${typedFiles(COLUMNS, rowFileOf(workspace, layout, runId, set))})`);
    await database.run(`CREATE TEMP TABLE released AS
      SELECT task_key, min(split) AS split, count(DISTINCT split) AS sides FROM (${rows.join(' UNION ALL ')}) GROUP BY task_key`);
    refuseTwoSides(await database.rows<{ task_key: string }>('SELECT task_key FROM released WHERE sides > 1 ORDER BY ALL LIMIT 1'));
    const temporary = join(scratch, 'splits.parquet');
    await database.run(
      `COPY (SELECT task_key, split FROM released ORDER BY task_key) TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    const [count] = await database.rows<{ tasks: number }>('SELECT count(*) AS tasks FROM released');
    const { sha256, bytes } = digestFile(temporary);
    const folder = releaseFolder(layout, version);
    const path = join(folder, `splits-${sha256.slice(0, 16)}.parquet`);
    mkdirSync(folder, { recursive: true });
    syncFile(temporary);
    renameSync(temporary, path);
    syncFolder(folder);
    return { path: relative(workspace, path).replaceAll(sep, '/'), tasks: count?.tasks ?? 0, bytes, sha256 };
  });
}

/** The file of a set with its rows, which comes before its other forms: as Parquet where it was written, which is quicker to read. */
function rowFileOf(workspace: string, layout: LakeLayout, runId: string, set: ExportSet): string[] {
  const names = readDocument(runDocument(layout, runId, `written-${set}`), writtenSetSchema).files.map(({ name }) => name);
  const name = names.find((other) => other.endsWith('.parquet')) ?? names.find((other) => other.endsWith('.jsonl'));
  return name === undefined ? [] : [lakeLayout(join(workspace, 'exports', runId)).absolute(name)];
}

function refuseTwoSides([row]: readonly { readonly task_key: string }[]): void {
  if (row === undefined) return;
  throw new LakeCorruptError(
    `collecting the splits of a release, on task ${row.task_key}: expected ${SPLITS.join(' or ')} for all its rows, found several.`,
    'Release nothing of this run. `lauter distill run-all` makes the sets anew.',
  );
}
