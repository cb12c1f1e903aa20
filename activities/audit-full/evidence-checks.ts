import { evidenceVersionOf, manifestOf, refusedShards } from './audited-data.ts';
import type { AuditedRun, AuditWorld, FileRows } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { addStrays } from './stray-rows.ts';

/** Check 3: what the run says of each file against the rows that lie in the lake. */
export async function checkAccounting({ ports, lake }: AuditWorld, { run_id }: AuditedRun, notes: CheckNotes): Promise<void> {
  const evidence = manifestOf(ports, run_id, 'materialize');
  const { counts } = evidenceVersionOf(ports, run_id);
  const found = new Map((await lake.countFiles(evidence, refusedShards(ports, run_id))).map((file) => [nameOf(file), file]));
  for (const { source, file, records, evidence: rows, quarantined } of counts.files) {
    const name = nameOf({ source, source_file: file });
    const own = found.get(name) ?? { evidence: 0, duplicates: 0, refused: 0 };
    found.delete(name);
    const where = `${file} of ${source}`;
    notes.hold(where, `${records} records`, `${rows + quarantined} records`);
    notes.hold(
      where,
      `${rows} evidence, ${quarantined} quarantined`,
      `${own.evidence} evidence, ${own.duplicates + own.refused} quarantined`,
    );
  }
  for (const { source, source_file, evidence: rows, duplicates, refused } of found.values())
    notes.add({ where: `${source_file} of ${source}`, expected: 'no rows: the run counts none', found: `${rows + duplicates + refused}` });
  const kept = counts.files.reduce((sum, file) => sum + file.evidence, 0);
  notes.hold(`the evidence of run ${run_id}`, `${kept} rows`, `${evidence.rows} rows`);
  notes.look(`${amount(counts.files.length, 'file')} with ${amount(counts.records, 'record')}`);
}

function nameOf({ source, source_file }: Pick<FileRows, 'source' | 'source_file'>): string {
  return `${source}\n${source_file}`;
}

/** Check 5: every evidence id once. */
export async function checkIds({ ports, lake }: AuditWorld, { run_id }: AuditedRun, notes: CheckNotes): Promise<void> {
  const evidence = manifestOf(ports, run_id, 'materialize');
  addStrays(notes, 'evidence', await lake.repeatedIds(evidence));
  notes.look(amount(evidence.rows, 'id'));
}
