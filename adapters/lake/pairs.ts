import type { CategorizedRow, ExportVersion, PairedRows, PairRow } from '../../activities/ports.ts';
import type { Manifest } from '../../schemas/manifest.ts';
import type { Database } from './database.ts';
import { evidenceColumns } from './evidence.ts';
import type { LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';

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
  type Joined = PairRow & Pick<PairedRows, 'split'> & Record<`c_${keyof CategorizedRow}` | `r_${keyof CategorizedRow}`, unknown>;
  const sided = (side: string): string => COLUMNS.map((name) => `${side}.${name} AS ${side}_${name}`).join(', ');
  for await (const batch of database.stream<Joined>(
    `SELECT p.chosen_id, p.rejected_id, p.task_key, p.cluster, p.reason, p.margin, d.split, ${sided('c')}, ${sided('r')}
     FROM ${pairs} p JOIN paired c ON c.id = p.chosen_id JOIN paired r ON r.id = p.rejected_id
     JOIN ${rowsOf(layout, 'decisions', version.decisions.parts)} d ON d.evidence_id = p.chosen_id ORDER BY p.place`,
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
