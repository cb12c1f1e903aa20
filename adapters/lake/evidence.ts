import type { CategorizedRow, DuplicateRow, EvidenceRow } from '../../activities/ports.ts';
import type { ShardEntry, ShardPart } from '../../schemas/manifest.ts';
import { sha256Of } from '../digest.ts';
import type { Database } from './database.ts';
import type { LakeLayout } from './layout.ts';
import { storeManifest } from './manifests.ts';
import { rowsOf } from './rows.ts';
import { publishShard } from './shard.ts';

const EVIDENCE_COLUMNS = [
  'place',
  'id',
  'source',
  'adapter',
  'source_file',
  'line_offset',
  'locator',
  'sig_hash',
  'recorded_at',
  'recorded_at_from',
  'day',
  'task_key',
  'task_text',
  'messages',
  'tools',
  'artifacts',
  'outcome_state',
  'outcome_value',
  'outcome_from',
  'signals',
  'model',
  'origin',
  'generation',
];

/** Columns of an evidence row, read from the table of that alias. */
export function evidenceColumns(alias: string): string {
  return EVIDENCE_COLUMNS.map((name) => `${alias}.${name}`).join(', ');
}

/** The rows of one shard in the order they were read. */
export function scanEvidence(layout: LakeLayout, database: Database, evidence: ShardEntry): AsyncIterable<EvidenceRow[]> {
  return database.stream<EvidenceRow>(
    `SELECT ${evidenceColumns('e')} FROM ${rowsOf(layout, 'evidence', evidence.parts)} e ORDER BY e.place`,
  );
}

/** The same with the category each row was given. */
export function scanCategorized(
  layout: LakeLayout,
  database: Database,
  evidence: ShardEntry,
  scored: ShardEntry,
): AsyncIterable<CategorizedRow[]> {
  return database.stream<CategorizedRow>(
    `SELECT ${evidenceColumns('e')}, s.category FROM ${rowsOf(layout, 'evidence', evidence.parts)} e
     JOIN ${rowsOf(layout, 'scored', scored.parts)} s ON s.place = e.place ORDER BY e.place`,
  );
}

/**
 * Finds the rows that stand in the lake more than once (same id): the smallest (source, file, place) survives, the others are excluded.
 * Then digests what remains and stores the manifest.
 */
export async function settleEvidence(layout: LakeLayout, database: Database, scratch: string, shards: readonly ShardEntry[]) {
  const parts = shards.flatMap((shard) => shard.parts);
  await database.run(`CREATE TEMP TABLE repeated AS
    SELECT id FROM ${rowsOf(layout, 'evidence', parts)} GROUP BY id HAVING count(*) > 1`);
  await database.run(`CREATE TEMP TABLE duplicate AS
    SELECT * EXCLUDE (rank) FROM (
      SELECT id, source, source_file, line_offset, locator, sig_hash, shard, place,
             row_number() OVER (PARTITION BY id ORDER BY source, source_file, line_offset, shard, place) AS rank
      FROM ${rowsOf(layout, 'evidence', parts)} SEMI JOIN repeated USING (id))
    WHERE rank > 1`);
  const duplicates = await database.rows<DuplicateRow>(
    'SELECT id, source, source_file, line_offset, locator, sig_hash FROM duplicate ORDER BY source, source_file, line_offset, shard, place',
  );
  const excluded = duplicates.length === 0 ? null : await publishExcluded(layout, database, scratch, shards);
  return { ...(await storeManifest(layout, database, 'evidence', 'id', shards, excluded)), duplicates };
}

async function publishExcluded(layout: LakeLayout, database: Database, scratch: string, shards: readonly ShardEntry[]): Promise<ShardPart> {
  const key = sha256Of('excluded', ...shards.map((shard) => shard.key));
  const entry = await publishShard(
    layout,
    database,
    { kind: 'excluded', key, counts: {} },
    [{ sql: 'SELECT shard, place FROM duplicate' }],
    scratch,
  );
  return entry.parts[0]!;
}
