import { existsSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Manifest, ShardPart } from '../../schemas/manifest.ts';
import { checkPart, partsOf, type LakeFinding } from './check-manifest.ts';
import { literal, openDatabase, parquetFiles, type Database, type SqlValue } from './database.ts';
import type { KindName } from './kinds.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { findShard } from './shard.ts';
import { lakeVersion } from './views.ts';
import { spillFolder } from './view-database.ts';

/** A stored row with the Parquet file it stands in, and what is wrong with that file. */
export interface TracedRow<Row> {
  readonly row: Row;
  /** Relative to the workspace. */
  readonly file: string;
  /** The file against the manifest; null when it is what that states. */
  readonly finding: LakeFinding | null;
  /** False when the entry of the shard states another file than the manifest does. */
  readonly isEntered: boolean;
}

const LIMITS = { threads: 2, memoryMb: 512 };
const MOST_MATCHES = 6;

/** Rows of the dataset versions of a run, for one question; close it after that. */
export interface TraceLake {
  /** Ids of evidence rows that begin so, up to six. */
  idsLike(beginning: string): Promise<string[]>;
  evidence<Row extends object>(id: string): Promise<TracedRow<Row> | undefined>;
  scored<Row extends object>(evidenceId: string): Promise<TracedRow<Row> | undefined>;
  /** Evidence rows of a source file whose record begins at that line or before it, the nearest first. */
  evidenceUpTo<Row extends object>(sourceFile: string, line: number, most: number): Promise<Row[]>;
  /** Evidence rows of a source file that stand at a pointer, below it, or at one of those that lead to it. */
  evidenceAt<Row extends object>(sourceFile: string, pointer: string): Promise<Row[]>;
  /** What is wrong with the files of the versions; reads all of them, once. */
  damage(): Promise<readonly LakeFinding[]>;
  close(): void;
}

/** Opens the versions that a run left. `hasManyQuestions`: all rows are read at the first one, for versions that are known to be small. */
export async function openTraceLake(workspace: string, runId: string, { hasManyQuestions = false } = {}): Promise<TraceLake> {
  const layout = lakeLayout(join(workspace, 'lake'));
  const version = lakeVersion(layout, runId);
  const tempDir = spillFolder(layout);
  const database = await openDatabase({ ...LIMITS, tempDir });
  const { evidence, scored } = version;
  let known: Promise<readonly LakeFinding[]> | undefined;
  const damage = (): Promise<readonly LakeFinding[]> => (known ??= findDamage(workspace, layout, [evidence, scored]));
  const asked = async <Row extends object>(where: string, values: Record<string, SqlValue>, most: number): Promise<Row[]> => {
    if (evidence === undefined || evidence.shards.length === 0) return [];
    return unlessDamaged(damage, [], () =>
      database.rows<Row>(`SELECT * FROM ${rowsWithFile(layout, evidence)} WHERE ${where} LIMIT ${most}`, values),
    );
  };
  const all = new Map<string, Promise<ReadonlyMap<unknown, object>>>();
  const readAll = async (manifest: Manifest, key: string): Promise<ReadonlyMap<unknown, object>> => {
    const rows = await unlessDamaged(damage, [], () =>
      database.rows<Record<string, unknown>>(`SELECT * FROM ${rowsWithFile(layout, manifest)}`),
    );
    // Of several rows the first one counts, as it does where one is asked for.
    return new Map(rows.toReversed().map((row) => [row[key], row]));
  };
  const readOne = async (manifest: Manifest, key: string, id: string): Promise<object | undefined> => {
    const sql = `SELECT * FROM ${rowsWithFile(layout, manifest)} WHERE ${key} = $id`;
    return (await unlessDamaged(damage, [], () => database.rows<object>(sql, { id })))[0];
  };
  const find = async <Row extends object>(kind: 'evidence' | 'scored', manifest: Manifest | undefined, key: string, id: string) => {
    if (manifest === undefined || manifest.shards.length === 0) return undefined;
    if (hasManyQuestions && !all.has(kind)) all.set(kind, readAll(manifest, key));
    const row = hasManyQuestions ? (await all.get(kind))?.get(id) : await readOne(manifest, key, id);
    return row === undefined ? undefined : tracedRow(workspace, layout, kind, manifest, row as Row & { filename: string });
  };
  return {
    idsLike: async (beginning) =>
      (await asked<{ id: string }>('starts_with(id, $beginning) ORDER BY id', { beginning }, MOST_MATCHES)).map(({ id }) => id),
    evidence: (id) => find('evidence', evidence, 'id', id),
    scored: (id) => find('scored', scored, 'evidence_id', id),
    evidenceUpTo: (file, line, most) =>
      asked('source_file = $file AND line_offset <= $line ORDER BY line_offset DESC, locator, id', { file, line }, most),
    evidenceAt: (file, pointer) => {
      const upwards = upwardsOf(pointer).map(literal).join(', ');
      return asked(
        `source_file = $file AND (pointer IN (${upwards}) OR starts_with(pointer, $below)) ORDER BY line_offset, locator, id`,
        { file, below: `${pointer}/` },
        MOST_AT_POINTER,
      );
    },
    damage,
    close: () => closeDatabase(database, tempDir),
  };
}

const MOST_AT_POINTER = 1_000;

/** The pointer and those that lead to it: `/3/messages`, `/3`, and the whole. */
function upwardsOf(pointer: string): string[] {
  const steps = pointer.split('/');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
}

/** DuckDB stops at a file that is torn. Then the files themselves say which one it is; an error with all of them whole is another matter. */
async function unlessDamaged<Result>(
  damage: () => Promise<readonly LakeFinding[]>,
  nothing: Result,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((await damage()).length === 0) throw error;
    return nothing;
  }
}

async function findDamage(workspace: string, layout: LakeLayout, manifests: readonly (Manifest | undefined)[]): Promise<LakeFinding[]> {
  const findings: LakeFinding[] = [];
  for (const manifest of manifests) {
    for (const part of manifest === undefined ? [] : partsOf(manifest)) {
      const finding = await checkPart(layout, layout.root, part);
      if (finding !== null) findings.push({ ...finding, path: relative(workspace, finding.path).replaceAll(sep, '/') });
    }
  }
  return findings;
}

function rowsWithFile(layout: LakeLayout, { shards, excluded }: Manifest): string {
  const paths = shards.flatMap(({ parts }) => parts.map((part) => layout.absolute(part.path))).filter((path) => existsSync(path));
  const files = parquetFiles(paths).replace(/\)$/, ', filename = true)');
  if (excluded === null) return files;
  return `(SELECT * FROM ${files} AS kept ANTI JOIN read_parquet(${literal(layout.absolute(excluded.path))}) AS gone USING (shard, place))`;
}

async function tracedRow<Row extends object>(
  workspace: string,
  layout: LakeLayout,
  kind: KindName,
  manifest: Manifest,
  { filename, ...row }: Row & { filename: string },
): Promise<TracedRow<Row>> {
  const file = relative(workspace, filename).replaceAll(sep, '/');
  const shard = manifest.shards.find(({ parts }) => parts.some((part) => layout.absolute(part.path) === filename));
  const part = shard?.parts.find(({ path }) => layout.absolute(path) === filename);
  if (shard === undefined || part === undefined) throw new Error(`${file} was read though no manifest names it`);
  const finding = await checkPart(layout, layout.manifest(kind, ''), part);
  return { row: row as unknown as Row, file, finding, isEntered: isEntered(layout, kind, shard.key, part) };
}

/** A shard whose entry is gone or torn is not whole; a part that was swapped together with the manifest is told by it. */
function isEntered(layout: LakeLayout, kind: KindName, key: string, part: ShardPart): boolean {
  try {
    const entry = findShard(layout, kind, key);
    return entry?.parts.some((other) => other.path === part.path && other.sha256 === part.sha256 && other.rows === part.rows) === true;
  } catch {
    return false;
  }
}

function closeDatabase(database: Database, tempDir: string): void {
  database.close();
  rmSync(tempDir, { recursive: true, force: true });
}
