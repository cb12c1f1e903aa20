import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { releaseEntrySchema, type ReleaseEntry } from '../../schemas/release-entry.ts';
import type { FrozenSplits } from '../../schemas/release-manifest.ts';
import { EXPORT_SETS, SPLITS } from '../../schemas/vocabulary.ts';
import { syncFile, syncFolder, writeJsonAtomically } from '../atomic-write.ts';
import { sha256Of } from '../digest.ts';
import { digestFile } from '../file-digest.ts';
import { literal, type DatabaseLimits } from './database.ts';
import { typedFiles } from './json-view.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { withDatabase } from './shard-draft.ts';
import { writtenFiles } from './views.ts';

const COLUMNS = { task_key: 'VARCHAR', split: 'VARCHAR' };
const ENTRY = 'release.json';

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
    const rows = EXPORT_SETS.map((set) => `(${typedFiles(COLUMNS, writtenFiles(workspace, layout, runId, set))})`);
    await database.run(`CREATE TEMP TABLE released AS
      SELECT task_key, min(split) AS split, count(DISTINCT split) AS sides FROM (${rows.join(' UNION ALL ')}) GROUP BY task_key`);
    refuseTwoSides(await database.rows<{ task_key: string }>('SELECT task_key FROM released WHERE sides > 1 ORDER BY ALL LIMIT 1'));
    const temporary = join(scratch, 'splits.parquet');
    await database.run(
      `COPY (SELECT task_key, split FROM released ORDER BY task_key) TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    const [count] = await database.rows<{ tasks: number }>('SELECT count(*) AS tasks FROM released');
    const { sha256, bytes } = digestFile(temporary);
    const path = join(folderOf(layout, version), `splits-${sha256.slice(0, 16)}.parquet`);
    mkdirSync(folderOf(layout, version), { recursive: true });
    syncFile(temporary);
    renameSync(temporary, path);
    syncFolder(folderOf(layout, version));
    return { path: relative(workspace, path).replaceAll(sep, '/'), tasks: count?.tasks ?? 0, bytes, sha256 };
  });
}

/** Makes a release count for every later run; a release of the same name is replaced. */
export function enterRelease(workspace: string, entry: ReleaseEntry): void {
  const folder = folderOf(lakeLayout(join(workspace, 'lake')), entry.version);
  writeJsonAtomically(join(folder, ENTRY), entry);
  for (const name of readdirSync(folder))
    if (name.startsWith('splits-') && !entry.splits.path.endsWith(`/${name}`)) rmSync(join(folder, name), { force: true });
}

/** The entry of a release; undefined when there is none, null when it cannot be read. */
export function releaseEntry(layout: LakeLayout, version: string): ReleaseEntry | null | undefined {
  const path = join(folderOf(layout, version), ENTRY);
  if (!existsSync(path)) return undefined;
  try {
    return releaseEntrySchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** The splits of all tasks that were ever released. */
export interface ReleasedSplits {
  /** Names what they are: equal for equal releases. Whatever is decided with them has it in its key. */
  readonly key: string;
  /** A table of (task_key, split) in parentheses, one row a task: as the latest release that holds it says. */
  readonly sql: string;
}

/** Reads which task was released on which side; undefined before the first release. LakeCorruptError when a release is not what was entered. */
export function releasedSplits(layout: LakeLayout): ReleasedSplits | undefined {
  const entries = releaseVersions(layout)
    .map((version) => wholeEntry(layout, version))
    .sort((left, right) => compare(left.frozen_at, right.frozen_at) || compare(left.version, right.version));
  if (entries.length === 0) return undefined;
  const files = entries.map(
    ({ splits }, index) => `SELECT task_key, split, ${index} AS release FROM read_parquet(${literal(pathOf(layout, splits))})`,
  );
  return {
    key: sha256Of('releases/1', ...entries.map(({ version, splits }) => `${version} ${splits.sha256}`)),
    sql: `(SELECT task_key, arg_max(split, release) AS split FROM (${files.join(' UNION ALL ')}) GROUP BY task_key)`,
  };
}

/**
 * A table (task_key, split, is_straddled) of the tasks whose split is bound by releases: a released task keeps its own; a task that shares a cluster
 * with released ones follows the smallest of them by key. `is_straddled` marks all of a cluster in which released tasks stand on different sides:
 * no choice can mend that, for what was released cannot be taken back, so it is to be reported. `cluster` is a table of (task_key, cluster), with a
 * row at least for every task that shares its cluster.
 */
export function boundSplits(released: string, cluster: string): string {
  return `(
    WITH member AS (
      SELECT coalesce(c.task_key, r.task_key) AS task_key, coalesce(c.cluster, r.task_key) AS cluster, r.split
      FROM ${cluster} c FULL JOIN ${released} r ON r.task_key = c.task_key),
    bound AS (
      SELECT cluster, arg_min(split, task_key) AS split, count(DISTINCT split) > 1 AS is_straddled
      FROM member WHERE split IS NOT NULL GROUP BY cluster)
    SELECT m.task_key, coalesce(m.split, b.split) AS split, b.is_straddled FROM member m JOIN bound b USING (cluster))`;
}

function releaseVersions(layout: LakeLayout): string[] {
  const root = join(layout.root, 'releases');
  if (!existsSync(root)) return [];
  return readdirSync(root).filter((version) => existsSync(join(root, version, ENTRY)));
}

function wholeEntry(layout: LakeLayout, version: string): ReleaseEntry {
  const entry = releaseEntry(layout, version);
  if (entry === null || entry === undefined || entry.version !== version) throw damaged(version, 'another entry');
  const path = pathOf(layout, entry.splits);
  if (statSync(path, { throwIfNoEntry: false })?.size !== entry.splits.bytes || digestFile(path).sha256 !== entry.splits.sha256)
    throw damaged(version, `another content of ${entry.splits.path}`);
  return entry;
}

function pathOf(layout: LakeLayout, { path }: FrozenSplits): string {
  return layout.absolute(path.replace(/^lake\//, ''));
}

function folderOf(layout: LakeLayout, version: string): string {
  return layout.absolute(join('releases', version));
}

function damaged(version: string, found: string): LakeCorruptError {
  return new LakeCorruptError(
    `reading which splits were released, on release ${version}: expected what was entered, found ${found}.`,
    'Restore lake/releases from a backup: without it, released rows could move to another split.',
  );
}

function refuseTwoSides([row]: readonly { readonly task_key: string }[]): void {
  if (row === undefined) return;
  throw new LakeCorruptError(
    `collecting the splits of a release, on task ${row.task_key}: expected ${SPLITS.join(' or ')} for all its rows, found several.`,
    'Release nothing of this run. `lauter distill run-all` makes the sets anew.',
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
