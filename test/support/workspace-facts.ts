import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Manifest } from '../../schemas/manifest.ts';
import type { RunRecord } from '../../schemas/run-record.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';

/** The part of a summary that depends on the input alone, not on when, where and in how many attempts it was worked on. */
export function essenceOf(summary: RunSummary) {
  const { verdict, reasons, sources, categories, exports, quarantined, redactions } = summary;
  const stages = summary.stages.map(({ stage, rows_in, rows_out, rows_quarantined, shards, digest }) => ({
    stage,
    rows_in,
    rows_out,
    rows_quarantined,
    shards,
    digest,
  }));
  return { verdict, reasons, stages, sources, categories, exports, quarantined, redactions };
}

/** The digest of each stage. */
export function digestsOf(summary: RunSummary): Record<string, string> {
  return Object.fromEntries(summary.stages.map(({ stage, digest }) => [stage, digest]));
}

/** Shards that a run found finished, and how many it has, by stage; stages without shards left out. */
export function reuseOf(summary: RunSummary): Record<string, { readonly shards: number; readonly reused: number }> {
  const sharded = summary.stages.filter(({ shards }) => shards > 0);
  return Object.fromEntries(sharded.map(({ stage, shards, shards_reused }) => [stage, { shards, reused: shards_reused }]));
}

/** The current version of a kind. */
export function headManifest(workspace: string, kind: string): Manifest {
  const { manifest } = readJson<{ manifest: string }>(join(workspace, 'lake', 'heads', `${kind}.json`));
  return readJson<Manifest>(join(workspace, 'lake', 'manifests', kind, `${manifest}.json`));
}

/** The records of all runs of a workspace, oldest first; a run without a record counts as `running`. */
export function runStates(workspace: string): { readonly run_id: string; readonly state: string }[] {
  const folder = join(workspace, 'lake', 'runs');
  const ids = existsSync(folder) ? readdirSync(folder).sort() : [];
  return ids.map((run_id) => {
    const path = join(folder, run_id, 'record.json');
    return { run_id, state: existsSync(path) ? readJson<RunRecord>(path).state : 'running' };
  });
}

/** sha256 of each file of JSON lines that a run exported, by its name. */
export function exportedLines(workspace: string, runId: string): Record<string, string> {
  const root = join(workspace, 'exports', runId);
  const names = filesBelow(root).filter((path) => path.endsWith('.jsonl'));
  return Object.fromEntries(names.map((path) => [relative(root, path), sha256(path)]));
}

/** What other readers of a workspace rely on: heads, the run that `exports/latest` leads to, and the bytes of its files. */
export function publishedState(workspace: string): Record<string, string> {
  const latest = readlinkSync(join(workspace, 'exports', 'latest'));
  const files = [...filesBelow(join(workspace, 'lake', 'heads')), ...filesBelow(join(workspace, 'exports', latest))];
  return { latest, ...Object.fromEntries(files.map((path) => [relative(workspace, path), sha256(path)])) };
}

/** Files and folders that somebody left half-written. */
export function temporariesIn(workspace: string): string[] {
  return readdirSync(workspace, { recursive: true, encoding: 'utf8' }).filter((path) => /(?:^|[/\\])\.tmp/.test(path));
}

/** Files below a folder; none where it is absent. */
export function filesBelow(root: string): string[] {
  if (!existsSync(root)) return [];
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path));
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true).sort();
}

export function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(path, 'utf8')) as Value;
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
