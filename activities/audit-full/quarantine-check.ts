import { quarantineRowSchema } from '../../schemas/export-rows.ts';
import { EXPORT_SETS } from '../../schemas/vocabulary.ts';
import { QUARANTINE_SETS, readWritten } from '../written-set.ts';
import { dataOf, refusedShards } from './audited-data.ts';
import type { AuditedData, AuditedRun, AuditWatch, AuditWorld } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { eachRow, faultOf } from './file-rows.ts';
import { addStrays } from './stray-rows.ts';

/** Check 12: what is not in a set is in its quarantine, with a reason of the list, and the counts are those that the run gives. */
export async function checkQuarantine({ ports, lake }: AuditWorld, run: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const data = dataOf(ports, run.run_id);
  const { reasons } = readWritten(ports, run).quarantine;
  let rows = 0;
  for (const set of QUARANTINE_SETS) {
    const name = `exports/${run.run_id}/quarantine/${set}.jsonl`;
    const counted = await countReasons(ports, { path: data.quarantine[set], name, set }, notes, watch);
    for (const reason of new Set([...Object.keys(counted), ...Object.keys(reasons[set] ?? {})]))
      notes.hold(name, `${reasons[set]?.[reason] ?? 0} ${reason}`, `${counted[reason] ?? 0} ${reason}`);
    const total = Object.values(counted).reduce((sum, count) => sum + count, 0);
    rows += total;
    if (set === 'materialize') notes.hold(name, await unreadRows(lake, data, refusedShards(ports, run.run_id)), `${total} rows`);
  }
  for (const set of EXPORT_SETS) {
    addStrays(notes, `${set}: evidence`, await lake.unaccounted(data, set));
    watch.throwIfStopped();
  }
  notes.look(`${amount(rows, 'quarantined row')}, and the records of three sets`);
}

async function countReasons(
  ports: AuditWorld['ports'],
  { path, name, set }: { readonly path: string; readonly name: string; readonly set: string },
  notes: CheckNotes,
  watch: AuditWatch,
): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  await eachRow(ports, path, watch, (row, line) => {
    const fault = faultOf(quarantineRowSchema, row);
    if (fault !== undefined) notes.add({ where: `${name}:${line}`, expected: 'a row of the schema', found: fault });
    else notes.hold(`${name}:${line}`, `a row of ${set}`, `a row of ${String(row!.set)}`);
    const reason = String(row?.reason ?? 'no reason');
    counted[reason] = (counted[reason] ?? 0) + 1;
  });
  return counted;
}

/** What the lake holds of records that never became evidence. */
async function unreadRows(lake: AuditWorld['lake'], { evidence }: AuditedData, refused: ReturnType<typeof refusedShards>): Promise<string> {
  const files = await lake.countFiles(evidence, refused);
  return `${files.reduce((sum, file) => sum + file.refused + file.duplicates, 0)} rows`;
}
