import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { Manifest, ShardPart } from '../../schemas/manifest.ts';
import { planSchema } from '../../schemas/plan.ts';
import { evidenceVersionSchema, stageVersionSchema, writtenSetSchema } from '../../schemas/run-documents.ts';
import { STAGES, type ExportSet } from '../../schemas/vocabulary.ts';
import { REPLAY_LOG, replaySegments } from '../replay-segments.ts';
import { literal, parquetFiles } from './database.ts';
import { EXPORT_COLUMNS } from './export-parquet.ts';
import { documentFiles, documentRows, emptyTable, typedFiles } from './json-view.ts';
import type { KindName } from './kinds.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { readHead, readManifest } from './manifests.ts';
import { rowsOf } from './rows.ts';
import { BASELINE_COLUMNS, RECEIPT_COLUMNS, REPLAY_COLUMNS, SOURCE_COLUMNS } from './view-columns.ts';

/** What can be asked about, in the order of the pipeline. */
export const VIEW_NAMES = [
  'sources',
  'evidence',
  'scored',
  'rag',
  'sft',
  'preference',
  'quarantine',
  'receipts',
  'baselines',
  'replays',
] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** The views over a workspace: every one of them always exists, with its columns. */
export interface LakeViews {
  /** Run whose data they show; null before the first one. */
  readonly runId: string | null;
  readonly sql: Readonly<Record<ViewName, string>>;
  /** Absolute paths of the files that are read. */
  readonly files: readonly string[];
  /** Exported files that are no longer there; their rows are missing. */
  readonly missing: readonly string[];
}

/**
 * Views over the current version of the workspace, or over that of a run. Heads lead to manifests and manifests to files: nothing is read because
 * it lies somewhere. Receipts, baselines and replays are histories: all runs, unless one is named.
 */
export function lakeViews(workspace: string, namedRun?: string): LakeViews {
  const layout = lakeLayout(join(workspace, 'lake'));
  const version = lakeVersion(layout, namedRun);
  const files: string[] = [];
  const missing: string[] = [];
  /** Only what exists is handed to DuckDB, and only what was handed over can be reached. */
  const reach = (paths: readonly string[]): readonly string[] => {
    const there = paths.filter((path) => existsSync(path));
    files.push(...there);
    return there;
  };
  const lakeRows = (kind: KindName, manifest: Manifest | undefined): string => {
    const parts = manifest?.shards.flatMap((shard) => shard.parts) ?? [];
    const excluded = manifest?.excluded ?? null;
    files.push(...(excluded === null ? parts : [...parts, excluded]).map((part) => wholePart(layout, part)));
    return `SELECT * EXCLUDE (shard, place) FROM ${rowsOf(layout, kind, parts, excluded)}`;
  };
  const exportRows = (set: ExportSet | 'quarantine'): string => {
    const written = version.runId === null ? [] : writtenFiles(workspace, layout, version.runId, set);
    missing.push(...written.filter((path) => !existsSync(path)));
    return typedFiles(EXPORT_COLUMNS[set], reach(written));
  };
  const receipts = (namedRun === undefined ? runIds(layout) : [namedRun]).flatMap((runId) =>
    STAGES.map((stage) => runDocument(layout, runId, `${stage}-receipt`)),
  );
  const sql = {
    sources: sourceRows(layout, version.runId),
    evidence: lakeRows('evidence', version.evidence),
    scored: lakeRows('scored', version.scored),
    rag: exportRows('rag'),
    sft: exportRows('sft'),
    preference: exportRows('preference'),
    quarantine: exportRows('quarantine'),
    receipts: documentFiles(RECEIPT_COLUMNS, reach(receipts), 'file'),
    baselines: documentFiles(BASELINE_COLUMNS, reach([join(workspace, 'ledger', 'audit-baselines.jsonl')]), 'line'),
    replays: replayRows(workspace, reach),
  };
  return { runId: version.runId, sql, files, missing };
}

/** Every run, those of the archives one for each copy. */
function replayRows(workspace: string, reach: (paths: readonly string[]) => readonly string[]): string {
  const segments = replaySegments(workspace);
  const lines = reach([...segments.filter(({ isPacked }) => !isPacked).map(({ path }) => path), join(workspace, REPLAY_LOG)]);
  const archives = reach(segments.filter(({ isPacked }) => isPacked).map(({ path }) => path));
  const grows = documentFiles(REPLAY_COLUMNS, lines, 'line');
  if (archives.length === 0) return grows;
  const first = `SELECT CAST(line AS JSON) AS json, CAST(line AS JSON) AS first, others FROM ${parquetFiles(archives)}`;
  const copies = `SELECT first, unnest(others) AS other FROM (${first})`;
  const packed = `SELECT json FROM (${first}) UNION ALL SELECT coalesce(CAST(other.line AS JSON), json_merge_patch(first, CAST(other.patch AS JSON))) AS json FROM (${copies})`;
  return `${documentRows(REPLAY_COLUMNS, packed)} UNION ALL ${grows}`;
}

/** The dataset versions of a run. */
export interface LakeVersion {
  readonly runId: string | null;
  readonly evidence: Manifest | undefined;
  readonly scored: Manifest | undefined;
}

/** The versions that a run left, or those that are current. */
export function lakeVersion(layout: LakeLayout, namedRun?: string): LakeVersion {
  return namedRun === undefined ? currentVersion(layout) : versionOfRun(layout, namedRun);
}

function currentVersion(layout: LakeLayout): LakeVersion {
  const [evidence, scored] = [readHead(layout, 'evidence'), readHead(layout, 'scored')];
  return {
    runId: scored?.run_id ?? evidence?.run_id ?? null,
    evidence: evidence && readManifest(layout, 'evidence', evidence.manifest),
    scored: scored && readManifest(layout, 'scored', scored.manifest),
  };
}

/** A run that stopped early has only some of it. */
function versionOfRun(layout: LakeLayout, runId: string): LakeVersion {
  const manifestOf = (stage: 'materialize' | 'score', kind: 'evidence' | 'scored'): Manifest | undefined => {
    const path = runDocument(layout, runId, `${stage}-version`);
    return existsSync(path) ? readManifest(layout, kind, readDocument(path, stageVersionSchema).manifest) : undefined;
  };
  return { runId, evidence: manifestOf('materialize', 'evidence'), scored: manifestOf('score', 'scored') };
}

/** Path of a part of the lake, which a manifest may not lead out of. */
function wholePart(layout: LakeLayout, part: ShardPart): string {
  const path = layout.absolute(part.path);
  if (staysInside(part.path) && existsSync(path)) return path;
  throw new LakeCorruptError(
    `reading the lake, on ${part.path}: expected a file of the lake, found ${staysInside(part.path) ? 'nothing' : 'a path that leads out of it'}.`,
    'Run `lauter distill run-all` again: what is missing is made anew.',
  );
}

function staysInside(path: string): boolean {
  return !isAbsolute(path) && !path.split(/[/\\]/).includes('..');
}

/** The files of a set: Parquet where it was written, which is quicker to read, else JSON lines. */
export function writtenFiles(workspace: string, layout: LakeLayout, runId: string, set: string): string[] {
  const path = runDocument(layout, runId, `written-${set}`);
  if (!existsSync(path)) return [];
  const names = readDocument(path, writtenSetSchema)
    .files.map((file) => file.name)
    .filter(staysInside);
  // The rows of a set are its first file; schemas and other forms of the same rows come after it.
  const rows = set === 'quarantine' ? names.filter((name) => /^quarantine\/\w+\.jsonl$/.test(name)) : names.slice(0, 1);
  const asParquet = rows.map((name) => name.replace(/\.jsonl$/, '.parquet'));
  const chosen = asParquet.every((name) => names.includes(name)) ? asParquet : rows;
  return chosen.map((name) => join(workspace, 'exports', runId, name));
}

function sourceRows(layout: LakeLayout, runId: string | null): string {
  if (runId === null) return emptyTable(SOURCE_COLUMNS);
  const [plan, version] = [runDocument(layout, runId, 'plan'), runDocument(layout, runId, 'materialize-version')];
  if (!existsSync(plan) || !existsSync(version)) return emptyTable(SOURCE_COLUMNS);
  const { counts } = readDocument(version, evidenceVersionSchema);
  const rows = readDocument(plan, planSchema).sources.map(({ name, adapter, files, bytes }) => {
    const own = counts.files.filter((file) => file.source === name);
    const sum = (field: 'records' | 'evidence' | 'quarantined'): number => own.reduce((total, file) => total + file[field], 0);
    return `(${[literal(runId), literal(name), literal(adapter), files, bytes, sum('records'), sum('evidence'), sum('quarantined')].join(', ')})`;
  });
  if (rows.length === 0) return emptyTable(SOURCE_COLUMNS);
  const columns = Object.entries(SOURCE_COLUMNS).map(([name, type]) => `CAST(${name} AS ${type}) AS ${name}`);
  return `SELECT ${columns.join(', ')} FROM (VALUES ${rows.join(', ')}) AS source(${Object.keys(SOURCE_COLUMNS).join(', ')})`;
}

/** Runs of the lake, oldest first. */
export function runIds(layout: LakeLayout): string[] {
  const folder = join(layout.root, 'runs');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Path of a document of a run; it need not be there. */
export function runDocument(layout: LakeLayout, runId: string, name: string): string {
  return join(layout.root, 'runs', runId, `${name}.json`);
}

/** Reads a document of a run. LakeCorruptError when it is something else. */
export function readDocument<Value>(path: string, schema: { parse(value: unknown): Value }): Value {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new LakeCorruptError(
      `reading ${path}: expected a document of a run, found something else.`,
      'Name another run with --run, or run `lauter distill run-all` again.',
      {},
      error,
    );
  }
}
