import { SplitSides } from '../../domain/audit/index.ts';
import { textOfTurns } from '../../domain/export/index.ts';
import { normalizeText } from '../../domain/shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { EXPORT_SETS, SPLITS, type ExportSet } from '../../schemas/vocabulary.ts';
import { SET_FILES } from '../written-set.ts';
import { dataOf, decisionsOf } from './audited-data.ts';
import type { AuditedRun, AuditWatch, AuditWorld } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { eachRow } from './file-rows.ts';
import { addStrays } from './stray-rows.ts';

/** Check 13: the exported files themselves say that no task and no text has two sides; the lake says it of clusters of tasks. */
export async function checkSplits({ ports, lake }: AuditWorld, run: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const data = dataOf(ports, run.run_id);
  const sides = new SplitSides();
  const { sha256 } = ports.digests;
  let rows = 0;
  for (const set of EXPORT_SETS) {
    const name = `exports/${run.run_id}/${SET_FILES[set]}.jsonl`;
    rows += await eachRow(ports, data.files[set], watch, (row, line) => {
      const split = SPLITS.find((known) => known === row?.split);
      if (row === undefined || split === undefined) {
        notes.add({ where: `${name}:${line}`, expected: `a split: ${SPLITS.join(', ')}`, found: JSON.stringify(row?.split ?? null) });
        return;
      }
      for (const [what, key] of [
        ['task', `task\n${String(row.task_key)}`],
        ['text', `${set}\n${textIn(set, row)}`],
      ] as const) {
        const other = sides.add(sha256(key), split);
        if (other !== undefined)
          notes.add({ where: `${name}:${line}`, expected: `${other}, as where its ${what} stands before`, found: split });
      }
    });
  }
  addStrays(notes, 'split', await lake.straySplits(data, decisionsOf(ports, run.run_id)));
  notes.look(`${amount(rows, 'row')} of three sets`);
}

/** What makes two rows of a set teach the same. A line that is no row of the set is the finding of another check. */
function textIn(set: ExportSet, row: JsonObject): string {
  try {
    if (set === 'rag') return normalizeText(String(row.content));
    const turns = set === 'sft' ? [row.messages] : [row.prompt, row.chosen, row.rejected];
    return turns.map((list) => textOfTurns(list as unknown as Message[])).join('\n\n');
  } catch {
    return JSON.stringify(row);
  }
}
