import { compareQuality, textOfTurns } from '../../domain/export/index.ts';
import { preferenceRowSchema, type PreferenceRow } from '../../schemas/export-rows.ts';
import { SET_FILES } from '../written-set.ts';
import { dataOf } from './audited-data.ts';
import type { AuditedRun, AuditWatch, AuditWorld, PairSide, PairSides } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { eachRow, faultOf } from './file-rows.ts';

/** Check 10: every pair by itself, then with the evidence and the scores of its two records. */
export async function checkPreference(world: AuditWorld, run: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const { ports, lake } = world;
  const name = `exports/${run.run_id}/${SET_FILES.preference}.jsonl`;
  const data = dataOf(ports, run.run_id);
  const rows = await eachRow(ports, data.files.preference, watch, (row, line) => {
    const where = `${name}:${line}`;
    const fault = faultOf(preferenceRowSchema, row);
    if (fault === undefined) checkPair(notes, where, preferenceRowSchema.parse(row), ports.digests.sha256Of);
    else notes.add({ where, expected: 'a row of the schema', found: fault });
  });
  for await (const batch of lake.scanPairs(data)) {
    for (const pair of batch) checkSides(notes, pair, run.settings.max_pairs_per_task);
    watch.throwIfStopped();
  }
  notes.look(amount(rows, 'pair'));
}

function checkPair(notes: CheckNotes, where: string, row: PreferenceRow, sha256Of: (...parts: string[]) => string): void {
  notes.hold(where, 'two records', row.chosen_id === row.rejected_id ? 'one, paired with itself' : 'two records');
  notes.hold(where, 'two texts', textOfTurns(row.chosen) === textOfTurns(row.rejected) ? 'one text twice' : 'two texts');
  notes.hold(where, `id ${sha256Of('pair', row.chosen_id, row.rejected_id)}`, `id ${row.id}`);
  const difference = compareQuality({ category: row.chosen_category, value: null }, { category: row.rejected_category, value: null });
  const isBetter = difference !== undefined || row.chosen_category === row.rejected_category;
  notes.hold(where, 'the better one chosen', isBetter ? 'the better one chosen' : `${row.chosen_category} over ${row.rejected_category}`);
}

function checkSides(notes: CheckNotes, pair: PairSides, maxPairs: number): void {
  const { id, task_key, chosen, rejected, chosen_category, rejected_category, reason, margin, of_task } = pair;
  const where = `pair ${id}`;
  const sides = [
    ['chosen', chosen, chosen_category],
    ['rejected', rejected, rejected_category],
  ] as const;
  for (const [side, own, category] of sides) {
    notes.hold(where, `${side} of task ${task_key}`, `${side} of ${own.task_key === null ? 'no evidence' : `task ${own.task_key}`}`);
    notes.hold(where, `${side} scored ${category}`, `${side} scored ${own.category ?? 'nothing'}`);
  }
  notes.hold(where, 'one system prompt', chosen.system === rejected.system ? 'one system prompt' : 'two');
  notes.hold(where, differenceOf(chosen, rejected), `better by ${margin} (${reason})`);
  const limit = `at most ${maxPairs} pairs of task ${task_key}`;
  notes.hold(where, limit, of_task <= maxPairs ? limit : `${of_task}`);
}

function differenceOf(chosen: PairSide, rejected: PairSide): string {
  if (chosen.category === null || rejected.category === null) return 'two scored records';
  const difference = compareQuality(
    { category: chosen.category, value: chosen.value },
    { category: rejected.category, value: rejected.value },
  );
  return difference === undefined
    ? 'no pair: the chosen one is not strictly better'
    : `better by ${difference.margin} (${difference.reason})`;
}
