import type { AdmittedRow, CategorizedRow, ExportVersion, PairedRows, PairRow, RefusedRow } from '../../activities/ports.ts';
import type { Manifest, ShardEntry } from '../../schemas/manifest.ts';
import type { ExportSet, QuarantineReason } from '../../schemas/vocabulary.ts';
import { literal, type Database } from './database.ts';
import { evidenceColumns } from './evidence.ts';
import type { LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';

const PLACE_COLUMNS = 'c.source_file, c.line_offset, c.locator, c.sig_hash, c.recorded_at, c.recorded_at_from';

/** The rows that entered a set, shard by shard, in the order they were read. */
export async function* scanAdmitted(
  layout: LakeLayout,
  database: Database,
  version: ExportVersion,
  set: 'rag' | 'sft',
): AsyncIterable<AdmittedRow[]> {
  for (const shard of version.candidates) {
    yield* database.stream<AdmittedRow>(
      `SELECT c.evidence_id, c.${set} AS template, d.cluster, ${PLACE_COLUMNS}
       FROM ${rowsOf(layout, 'candidates', shard.parts)} c JOIN ${decisionsOf(layout, version, shard)} d ON d.place = c.place
       WHERE d.${set}_refusal IS NULL ORDER BY c.place`,
    );
  }
}

/** The rows that did not enter a set, with the reason. */
export async function* scanRefused(
  layout: LakeLayout,
  database: Database,
  version: ExportVersion,
  set: ExportSet,
): AsyncIterable<RefusedRow[]> {
  const detail = set === 'sft' ? 'c.sft_detail' : 'NULL';
  for (const shard of version.candidates) {
    yield* database.stream<RefusedRow>(
      `SELECT c.evidence_id, ${literal(set)} AS set, d.${set}_refusal AS reason, ${detail} AS detail, ${PLACE_COLUMNS}
       FROM ${rowsOf(layout, 'candidates', shard.parts)} c JOIN ${decisionsOf(layout, version, shard)} d ON d.place = c.place
       WHERE d.${set}_refusal IS NOT NULL ORDER BY c.place`,
    );
  }
}

function decisionsOf(layout: LakeLayout, version: ExportVersion, shard: ShardEntry): string {
  return `(SELECT * FROM ${rowsOf(layout, 'decisions', version.decisions.parts)} WHERE shard = (SELECT any_value(shard) FROM ${rowsOf(layout, 'candidates', shard.parts)}))`;
}

/** What never became evidence: unreadable records, and exact duplicates. */
export async function* scanUnread(
  layout: LakeLayout,
  database: Database,
  refused: readonly ShardEntry[],
  evidence: Manifest,
): AsyncIterable<RefusedRow[]> {
  for (const shard of refused) {
    if (shard.rows === 0) continue;
    yield* database.stream<RefusedRow>(
      `SELECT NULL AS evidence_id, 'materialize' AS set, reason, detail, source_file, line_offset, locator, sig_hash
       FROM ${rowsOf(layout, 'refused', shard.parts)} ORDER BY place`,
    );
  }
  if (evidence.excluded === null) return;
  const parts = evidence.shards.flatMap((shard) => shard.parts);
  yield* database.stream<RefusedRow>(
    `SELECT id AS evidence_id, 'materialize' AS set, 'exact_duplicate' AS reason, NULL AS detail, source_file, line_offset, locator, sig_hash
     FROM ${rowsOf(layout, 'evidence', parts)} SEMI JOIN ${rowsOf(layout, 'excluded', [evidence.excluded])} USING (shard, place)
     ORDER BY source, source_file, line_offset, shard, place`,
  );
}

/** The pairs with both conversations. */
export async function* scanPairs(
  layout: LakeLayout,
  database: Database,
  version: ExportVersion,
  evidence: Manifest,
  scored: Manifest,
): AsyncIterable<PairedRows[]> {
  const pairs = rowsOf(layout, 'pairs', version.pairs.parts);
  await database.run(`CREATE OR REPLACE TEMP TABLE paired AS
    SELECT ${evidenceColumns('e')}, s.category FROM ${rowsOf(
      layout,
      'evidence',
      evidence.shards.flatMap((shard) => shard.parts),
      evidence.excluded,
    )} e
    JOIN ${rowsOf(
      layout,
      'scored',
      scored.shards.flatMap((shard) => shard.parts),
      evidence.excluded,
    )} s ON s.evidence_id = e.id
    WHERE e.id IN (SELECT chosen_id FROM ${pairs} UNION SELECT rejected_id FROM ${pairs})`);
  type Joined = PairRow & Record<`c_${keyof CategorizedRow}` | `r_${keyof CategorizedRow}`, unknown>;
  const sided = (side: string): string => COLUMNS.map((name) => `${side}.${name} AS ${side}_${name}`).join(', ');
  for await (const batch of database.stream<Joined>(
    `SELECT p.chosen_id, p.rejected_id, p.task_key, p.cluster, p.reason, p.margin, ${sided('c')}, ${sided('r')}
     FROM ${pairs} p JOIN paired c ON c.id = p.chosen_id JOIN paired r ON r.id = p.rejected_id ORDER BY p.place`,
  )) {
    yield batch.map((row) => ({ ...row, chosen: sideOf(row, 'c'), rejected: sideOf(row, 'r') }));
  }
}

const COLUMNS: readonly (keyof CategorizedRow)[] = [
  ...(evidenceColumns('')
    .split(', ')
    .map((name) => name.slice(1)) as (keyof CategorizedRow)[]),
  'category',
];

function sideOf(row: object, side: 'c' | 'r'): CategorizedRow {
  return Object.fromEntries(
    COLUMNS.map((name) => [name, (row as Record<string, unknown>)[`${side}_${name}`]]),
  ) as unknown as CategorizedRow;
}

/** Rows of a set that were refused, by reason. */
export function countRefusals(
  layout: LakeLayout,
  database: Database,
  version: ExportVersion,
  set: ExportSet,
): Promise<{ reason: QuarantineReason; rows: number }[]> {
  return database.rows(
    `SELECT ${set}_refusal AS reason, count(*) AS rows FROM ${rowsOf(layout, 'decisions', version.decisions.parts)}
     WHERE ${set}_refusal IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
}
