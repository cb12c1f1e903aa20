import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from './database.ts';
import type { KindName } from './kinds.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';
import { spillFolder } from './view-database.ts';
import { lakeVersion } from './views.ts';

const LIMITS = { threads: 1, memoryMb: 256 };

/** The rows of a version as they are stored, and which of them readers leave out. */
export interface VersionRows<Evidence extends object, Scored extends object> {
  readonly evidence: readonly (Evidence & { readonly is_excluded: boolean })[];
  /** Without those that readers leave out. */
  readonly scored: readonly Scored[];
}

/** All rows of the evidence and of the scores that a run left, in the order of their ids; for runs that are known to be small. */
export async function readVersionRows<Evidence extends object, Scored extends object>(
  workspace: string,
  runId: string,
): Promise<VersionRows<Evidence, Scored>> {
  const layout = lakeLayout(join(workspace, 'lake'));
  const tempDir = spillFolder(layout);
  const database = await openDatabase({ ...LIMITS, tempDir });
  try {
    return await readRows(layout, database, runId);
  } finally {
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

async function readRows<Evidence extends object, Scored extends object>(
  layout: LakeLayout,
  database: Database,
  runId: string,
): Promise<VersionRows<Evidence, Scored>> {
  const { evidence, scored } = lakeVersion(layout, runId);
  const all = (kind: KindName, version: typeof evidence, excluded: NonNullable<typeof evidence>['excluded']): string =>
    rowsOf(layout, kind, version?.shards.flatMap((shard) => shard.parts) ?? [], excluded);
  const kept = all('evidence', evidence, evidence?.excluded ?? null);
  const rows = await database.rows<Evidence & { is_excluded: boolean }>(
    `SELECT stored.*, kept.shard IS NULL AS is_excluded
     FROM ${all('evidence', evidence, null)} AS stored LEFT JOIN (SELECT shard, place FROM ${kept}) AS kept USING (shard, place)
     ORDER BY id, is_excluded, source_file, line_offset`,
  );
  const scores = await database.rows<Scored>(`SELECT * FROM ${all('scored', scored, scored?.excluded ?? null)} ORDER BY evidence_id`);
  return { evidence: rows, scored: scores };
}
