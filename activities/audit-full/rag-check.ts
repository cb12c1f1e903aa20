import { findValidationSteps } from '../../domain/export/index.ts';
import { firstLine } from '../../domain/shared/text.ts';
import { ragRowSchema, type RagRow } from '../../schemas/export-rows.ts';
import { SET_FILES } from '../written-set.ts';
import { dataOf } from './audited-data.ts';
import type { AuditedRun, AuditWatch, AuditWorld } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { eachRow, faultOf } from './file-rows.ts';
import { addStrays } from './stray-rows.ts';

const TITLE_CHARS = 120;

/** Check 11: every row of the RAG file against its schema, what follows from its own content, and the score of its record. */
export async function checkRag({ ports, lake }: AuditWorld, { run_id }: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const name = `exports/${run_id}/${SET_FILES.rag}.jsonl`;
  const data = dataOf(ports, run_id);
  const rows = await eachRow(ports, data.files.rag, watch, (row, line) => {
    const where = `${name}:${line}`;
    const fault = faultOf(ragRowSchema, row);
    if (fault === undefined) checkContent(notes, where, ragRowSchema.parse(row));
    else notes.add({ where, expected: 'a row of the schema', found: fault });
  });
  addStrays(notes, 'rag row', await lake.strayRows(data, 'rag'));
  notes.look(amount(rows, 'row'));
}

function checkContent(notes: CheckNotes, where: string, { category, warning, title, content, validation_steps }: RagRow): void {
  notes.hold(where, `warning ${category === 'partially_accepted'}, being ${category}`, `warning ${warning}, being ${category}`);
  notes.hold(where, `the title ${JSON.stringify(firstLine(content, TITLE_CHARS))}`, `the title ${JSON.stringify(title)}`);
  notes.hold(
    where,
    `validation steps ${JSON.stringify(findValidationSteps(content))}`,
    `validation steps ${JSON.stringify(validation_steps)}`,
  );
}
