import { checkConversation, SftFirewall } from '../../domain/export/index.ts';
import { sftRowSchema } from '../../schemas/export-rows.ts';
import { SET_FILES } from '../written-set.ts';
import { dataOf } from './audited-data.ts';
import type { AuditedRun, AuditWatch, AuditWorld } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';
import { eachRow, faultOf } from './file-rows.ts';
import { addStrays } from './stray-rows.ts';

/** Check 9: every row of the SFT file against its whole schema, the third firewall, the rules of a conversation, and the score of its record. */
export async function checkSft({ ports, lake }: AuditWorld, run: AuditedRun, notes: CheckNotes, watch: AuditWatch): Promise<void> {
  const firewall = new SftFirewall(run.settings.include_partial);
  const name = `exports/${run.run_id}/${SET_FILES.sft}.jsonl`;
  const data = dataOf(ports, run.run_id);
  const rows = await eachRow(ports, data.files.sft, watch, (row, line) => {
    const where = `${name}:${line}`;
    const breach = firewall.check(row ?? {})?.detail;
    if (breach !== undefined) notes.add({ where, expected: 'a row that the firewall lets stand', found: breach });
    const fault = faultOf(sftRowSchema, row);
    if (fault !== undefined) {
      notes.add({ where, expected: 'a row of the schema', found: fault });
      return;
    }
    const conversation = checkConversation(sftRowSchema.parse(row).messages);
    if (!conversation.ok) notes.add({ where, expected: 'a conversation to learn from', found: conversation.detail });
    else
      notes.hold(where, 'an answer at the end', conversation.cutTurns === 0 ? 'an answer at the end' : 'a user turn that nobody answered');
  });
  addStrays(notes, 'sft row', await lake.strayRows(data, 'sft'));
  notes.look(amount(rows, 'row'));
}
